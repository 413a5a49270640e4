import type { Bilingual } from '#domain/kernel/index';
import { evidenceRule } from '../evidence-rule.ts';
import type { Reason, ReasonRegime, RejectedClaim, Standing } from '../decision.ts';
import { BASIS_RULES } from '../table/basis-rules.ts';
import type { BasisRule } from '../table/basis-rule.ts';
import { EXPRESS_RULE } from '../table/express-rule.ts';

/** Claims of consent that could not stand, as reasons why there is none (C-07, C-08, C-19). */
export const claimReasons = (
  { rejectedClaims = [] }: Standing,
  law?: Readonly<{ regime: ReasonRegime; section: string }>,
): readonly Reason[] => rejectedClaims.map((claim) => claimReason(claim, law));

const claimReason = (
  claim: RejectedClaim,
  law: Readonly<{ regime: ReasonRegime; section: string }> | undefined,
): Reason => {
  const rule = ruleOfClaim(claim);
  return {
    code: 'evidence-missing',
    regime: law?.regime ?? 'casl',
    rule: evidenceRule(rule?.row),
    section: law?.section ?? rule?.section ?? 'CASL s. 13',
    text: claimText(claim),
    revisions: [claim.revision],
  };
};

const ruleOfClaim = ({
  kind,
  basis,
}: Pick<RejectedClaim, 'kind' | 'basis'>): BasisRule | undefined => {
  if (kind === 'express') return EXPRESS_RULE;
  return basis === undefined ? undefined : BASIS_RULES[basis];
};

/** Why a claim has no day on which its clock could start, by the code that the import gave it. */
const DATE_FAULTS: Readonly<Record<string, Bilingual>> = {
  'consent-date-missing': { fr: 'sa date manque', en: 'it has no date' },
  'consent-date-unreadable': {
    fr: 'sa date n’a pas pu être lue',
    en: 'its date could not be read',
  },
  'consent-date-in-future': { fr: 'sa date était à venir', en: 'its date was still to come' },
};

/** What was claimed, and why it could not stand, in words. */
export const claimText = (claim: Omit<RejectedClaim, 'revision'>): Bilingual => {
  const { missing, code } = claim;
  const rule = ruleOfClaim(claim);
  const name = rule?.name ?? { fr: 'consentement', en: 'consent' };
  const names = (rule?.evidence ?? []).filter((group) => missing.includes(group.code));
  if (names.length === 0) {
    const why = DATE_FAULTS[code] ?? { fr: code, en: code };
    return {
      fr: `Un consentement (${name.fr}) a été avancé sans pouvoir être retenu : ${why.fr}.`,
      en: `A consent (${name.en}) was claimed and could not stand: ${why.en}.`,
    };
  }
  return {
    fr: `Un consentement (${name.fr}) a été avancé sans sa preuve ; il manque : ${names.map((group) => group.name.fr).join(' ; ')}.`,
    en: `A consent (${name.en}) was claimed without its evidence; missing: ${names.map((group) => group.name.en).join('; ')}.`,
  };
};
