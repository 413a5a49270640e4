import { describe, expect, it } from '@jest/globals';
import { IMPLIED_BASES } from '../consent.ts';
import { answer, decide, express, implied, noon, person, privacy } from '../testing/examples.ts';
import { SOFT_OPT_IN_BASES } from './foreign-law.ts';

const informed = privacy('informed-at-collection');
const in_ = (jurisdiction: string) => ({ jurisdiction });

describe('C-02: a Canadian server, a recipient elsewhere', () => {
  it('C-02: in a state that is not listed (Algeria) CASL decides', () => {
    expect(answer(person([], in_('DZ')))).toEqual([false, 'no-consent (casl CASL s. 6(1)(a))']);
    expect(answer(person([implied('inquiry', '2026-05-01')], in_('DZ')))).toEqual([
      true,
      'implied-consent (casl CASL s. 10(10)(e))',
    ]);
  });

  it('C-02: in a listed state (France) its own law decides, in the place of CASL', () => {
    expect(answer(person([], in_('FR')))).toEqual([false, 'no-consent (gdpr ePrivacy art. 13(1))']);
    expect(answer(person([implied('inquiry', '2026-05-01')], in_('FR')))).toEqual([
      false,
      'foreign-law (gdpr ePrivacy art. 13(1))',
    ]);
    expect(answer(person([express()], in_('FR-75')))).toEqual([
      true,
      'express-consent (gdpr ePrivacy art. 13(1))',
    ]);
  });

  it('C-02: in a listed state whose law the product does not know, CASL decides', () => {
    expect(answer(person([implied('contract', '2026-05-01')], in_('US-VT')))).toEqual([
      true,
      'implied-consent (casl CASL s. 10(10)(d))',
    ]);
  });

  it('C-02: where the law is known and the place is not listed by its code (Réunion), both do', () => {
    expect(answer(person([implied('inquiry', '2026-05-01')], in_('RE')))).toEqual([
      false,
      'foreign-law (gdpr ePrivacy art. 13(1))',
    ]);
    expect(answer(person([], in_('RE')))).toEqual([
      false,
      'no-consent (casl CASL s. 6(1)(a))',
      'no-consent (gdpr ePrivacy art. 13(1))',
    ]);
  });

  it('C-02: a text that names no country is a place not known', () => {
    for (const jurisdiction of ['XX', 'ZZ-9', 'EU']) {
      expect(answer(person([implied('inquiry', '2026-05-01')], { jurisdiction }))).toEqual([
        true,
        'implied-consent (casl CASL s. 10(10)(e))',
      ]);
    }
  });
});

describe('P-03: consent, or the soft opt-in', () => {
  it('P-03: a German inquiry is denied although CASL allows', () => {
    const inquiry = implied('inquiry', '2026-05-01');
    expect(decide(person([inquiry], in_('CA-ON'))).allow).toBe(true);
    expect(answer(person([inquiry], { ...in_('DE'), ...informed }))).toEqual([
      false,
      'foreign-law (gdpr ePrivacy art. 13(1))',
    ]);
  });

  it.each(SOFT_OPT_IN_BASES)(
    'P-03: %s counts once an opt-out was offered at collection',
    (basis) => {
      const sale = implied(basis, '2026-05-01');
      expect(answer(person([sale], { ...in_('DE'), ...informed }))).toEqual([
        true,
        'soft-opt-in (gdpr ePrivacy art. 13(2))',
      ]);
      for (const other of [{}, privacy('express'), privacy('business-contact')]) {
        expect(answer(person([sale], { ...in_('DE'), ...other }))).toEqual([
          false,
          'foreign-law (gdpr ePrivacy art. 13(2))',
        ]);
      }
    },
  );

  it.each(IMPLIED_BASES.filter((basis) => !SOFT_OPT_IN_BASES.includes(basis)))(
    'P-03: %s does not cross the border',
    (basis) => {
      const standing = person([implied(basis, '2026-05-01')], { ...in_('NO'), ...informed });
      for (const organisationType of ['registered-charity', 'non-profit-association'] as const) {
        expect(decide(standing, { organisationType })).toMatchObject({ allow: false });
      }
    },
  );

  it('P-03: a sale counts for its time only, and says when it ended', () => {
    const standing = person([implied('purchase', '2024-05-01')], { ...in_('DE'), ...informed });
    expect(decide(standing, { when: noon('2026-05-01') })).toMatchObject({
      allow: true,
      basis: 'purchase',
      lastDay: '2026-05-01',
    });
    expect(answer(standing)).toEqual([false, 'consent-expired (gdpr ePrivacy art. 13(2))']);
  });

  it('P-03: in the United Kingdom by its own regulations', () => {
    const sale = implied('purchase', '2026-05-01');
    expect(answer(person([sale], { ...in_('GB-SCT'), ...informed }))).toEqual([
      true,
      'soft-opt-in (foreign PECR reg. 22(3))',
    ]);
    expect(answer(person([sale], in_('UK')))).toEqual([
      false,
      'foreign-law (foreign PECR reg. 22(3))',
    ]);
    expect(answer(person([express()], in_('GB')))).toEqual([
      true,
      'express-consent (foreign PECR reg. 22(2))',
    ]);
  });

  it('P-03: an account that works under the GDPR treats people of unknown place by it too', () => {
    const inquiry = person([implied('inquiry', '2026-05-01')]);
    expect(answer(inquiry, { regimes: ['casl', 'gdpr'] })).toEqual([
      false,
      'foreign-law (gdpr ePrivacy art. 13(1))',
    ]);
    expect(decide({ ...inquiry, jurisdiction: 'CA-ON' }, { regimes: ['casl', 'gdpr'] }).allow).toBe(
      true,
    );
  });

  it('P-03: of several permissions the answer lasts until the first regime no longer allows', () => {
    const standing = person(
      [implied('purchase', '2025-01-10', 2), implied('contract', '2026-01-10', 4)],
      informed,
    );
    expect(decide(standing, { regimes: ['gdpr', 'casl'] })).toMatchObject({
      allow: true,
      basis: 'purchase',
      lastDay: '2027-01-10',
    });
    expect(decide(standing)).toMatchObject({ basis: 'contract', lastDay: '2028-01-10' });
  });
});
