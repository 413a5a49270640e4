import { describe, expect, it } from '@jest/globals';
import type { RejectedClaim } from '../decision.ts';
import { answer, decide, express, person } from '../testing/examples.ts';

const claim = (more: Partial<RejectedClaim> = {}): RejectedClaim => ({
  kind: 'implied',
  basis: 'published-address',
  code: 'evidence-missing',
  missing: ['snapshot', 'relevance'],
  revision: 5,
  ...more,
});
const claiming = (...rejectedClaims: readonly RejectedClaim[]) => person([], { rejectedClaims });

describe('claims that could not stand', () => {
  it('C-07: a public address without its evidence is no consent, and what it lacks is named', () => {
    const { allow, reasons } = decide(claiming(claim()));
    expect(allow).toBe(false);
    expect(reasons.map(({ code }) => code)).toEqual(['no-consent', 'evidence-missing']);
    expect(reasons[1]).toMatchObject({
      regime: 'casl',
      rule: 'C-07',
      section: 'CASL s. 10(9)(b)',
      revisions: [5],
    });
    expect(reasons[1]?.text.en).toMatch(/hash of a copy of the page; how the message relates/);
    expect(reasons[1]?.text.fr).toMatch(/empreinte/);
  });

  it('C-08: an implied consent without a date says so in words', () => {
    const { reasons } = decide(
      claiming(claim({ basis: 'purchase', code: 'consent-date-missing', missing: [] })),
    );
    expect(reasons[1]).toMatchObject({ code: 'evidence-missing', rule: 'C-08' });
    expect(reasons[1]?.text.en).toMatch(/it has no date/);
    expect(reasons[1]?.text.fr).toMatch(/sa date manque/);
  });

  it('C-19: an express one names what the record has to hold', () => {
    const express_ = { kind: 'express', code: 'evidence-missing', revision: 4 } as const;
    const { reasons } = decide(claiming({ ...express_, missing: ['attestation'] }));
    expect(reasons[1]).toMatchObject({
      rule: 'C-19',
      section: expect.stringContaining('s. 10(1)'),
    });
    expect(reasons[1]?.text.en).toMatch(/attests/);
  });

  it('are told by the law of the place, and no longer once a consent allows', () => {
    expect(answer({ ...claiming(claim()), jurisdiction: 'FR' })).toEqual([
      false,
      'no-consent (gdpr ePrivacy art. 13(1))',
      'evidence-missing (gdpr GDPR art. 7(1))',
    ]);
    expect(answer({ ...claiming(claim()), consents: [express()] })).toEqual([
      true,
      'express-consent (casl CASL s. 10(1); SOR/2012-36 s. 4)',
    ]);
  });
});
