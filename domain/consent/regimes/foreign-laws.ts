import type { ReasonRegime } from '../decision.ts';

/** The rule on electronic mail of a place outside Canada: consent before, or after a sale with an opt-out. */
export type ForeignLaw = Readonly<{
  regime: ReasonRegime;
  /** Express consent. */
  consent: string;
  /** An address got in a sale, similar products, an opt-out offered then and each time. */
  softOptIn: string;
  /** Who must prove the consent. */
  proof: string;
}>;

/**
 * The European Union and the European Economic Area, and the United Kingdom. That a free account can be
 * such a sale, and that the soft opt-in needs no further basis of GDPR art. 6: CJEU C-654/23 (2025-11-13).
 */
export const FOREIGN_LAWS = {
  eprivacy: {
    regime: 'gdpr',
    consent: 'ePrivacy art. 13(1)',
    softOptIn: 'ePrivacy art. 13(2)',
    proof: 'GDPR art. 7(1)',
  },
  pecr: {
    regime: 'foreign',
    consent: 'PECR reg. 22(2)',
    softOptIn: 'PECR reg. 22(3)',
    proof: 'PECR reg. 22(2)',
  },
} as const satisfies Record<string, ForeignLaw>;
