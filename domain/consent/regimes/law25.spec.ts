import { describe, expect, it } from '@jest/globals';
import { PRIVACY_BASES } from '../consent.ts';
import { answer, decide, express, implied, person, privacy } from '../testing/examples.ts';

const regimes = ['casl', 'law25'] as const;
const MISSING = 'no-privacy-basis (law25 P-39.1 s. 12)';

describe('P-01: Law 25 asks for a basis of its own', () => {
  it('P-01: a Quebec consumer with only a purchase is denied until one exists', () => {
    const consumer = person([implied('purchase', '2026-05-01')], { jurisdiction: 'CA-QC' });
    expect(answer(consumer, { regimes })).toEqual([false, MISSING]);
    expect(answer({ ...consumer, ...privacy('informed-at-collection') }, { regimes })).toEqual([
      true,
      'implied-consent (casl CASL s. 10(10)(a))',
      'privacy-basis (law25 P-39.1 s. 8; P-39.1 s. 8.3)',
    ]);
  });

  it('P-01: express consent to be written to is none', () => {
    expect(answer(person([express()]), { regimes })).toEqual([false, MISSING]);
  });

  it('P-01: and a privacy basis is no permission to write', () => {
    for (const kind of PRIVACY_BASES) {
      for (const its of [regimes, ['law25']] as const) {
        expect(answer(person([], privacy(kind)), { regimes: its })[1]).toBe(
          'no-consent (casl CASL s. 6(1)(a))',
        );
      }
    }
  });

  it('P-01: both that are lacking are named', () => {
    expect(answer(person([]), { regimes })).toEqual([
      false,
      'no-consent (casl CASL s. 6(1)(a))',
      MISSING,
    ]);
  });

  it.each([
    ['CA-QC', true],
    ['CA', true],
    ['CA-XX', true],
    [undefined, true],
    ['XX', true],
    ['CA-ON', false],
    ['DZ', false],
    ['FR', false],
  ])('P-01: somebody of %s is asked for it: %s', (jurisdiction, isAsked) => {
    const standing = person([express()], jurisdiction === undefined ? {} : { jurisdiction });
    expect(decide(standing, { regimes }).allow).toBe(!isAsked);
    expect(decide(standing, { regimes: ['casl'] }).allow).toBe(true);
  });
});

describe('P-02: business contact data', () => {
  it('P-02: a work address under the exclusion passes', () => {
    const standing = person([implied('purchase', '2026-05-01')], {
      jurisdiction: 'CA-QC',
      ...privacy('business-contact'),
    });
    expect(answer(standing, { regimes })).toEqual([
      true,
      'implied-consent (casl CASL s. 10(10)(a))',
      'privacy-basis (law25 P-39.1 s. 1)',
    ]);
  });
});
