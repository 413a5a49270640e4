import { ok, refuse, type CivilDate, type Refusal, type Result } from '#domain/kernel/index';
import { evidenceRule } from './evidence-rule.ts';
import { frenchSection } from './french-section.ts';
import type { BasisRule } from './table/basis-rule.ts';
import { isAvailableTo, missingEvidence, ruleOf } from './table/basis-rules.ts';
import type { EvidenceGroup, EvidenceKey } from './table/evidence.ts';
import type { ConsentGrant, OrganisationType } from './consent.ts';

export type GrantRefusalCode =
  'consent-date-in-future' | 'basis-not-available' | 'evidence-missing';

/**
 * May this permission be recorded today (the day where the account is)? Refused: a date in the future,
 * unless it is the end of a relationship that is in force until then; a basis that organisations of this
 * type do not have (C-06); and a basis that is not proved (C-07, C-19).
 */
export const checkGrant = (
  grant: ConsentGrant,
  evidence: ReadonlySet<EvidenceKey>,
  organisationType: OrganisationType,
  today: CivilDate,
): Result<ConsentGrant, Refusal<GrantRefusalCode>> => {
  if (grant.date > today && ruleOf(grant).starts !== 'in-force') {
    const dated = grant.kind === 'express' ? 'C-19' : 'C-10';
    return refuse({
      code: 'consent-date-in-future',
      message: `A consent counts from the day it was given: give a date that is not in the future (${dated}).`,
      french: `Un consentement compte du jour où il est donné : pas de date future (${dated}).`,
      path: 'consent.date',
    });
  }
  const rule = ruleOf(grant);
  if (!isAvailableTo(rule, organisationType)) {
    return refuse({
      code: 'basis-not-available',
      message: `Organisations of type ${organisationType} cannot rely on ${rule.name.en} (${rule.section}; C-06): choose another basis.`,
      french: `Une organisation de type ${organisationType} ne peut pas invoquer ce fondement : ${rule.name.fr} (${frenchSection(rule.section)}; C-06). Choisissez-en un autre.`,
      path: 'consent.basis',
    });
  }
  const missing = missingEvidence(grant, evidence);
  return missing.length === 0 ? ok(grant) : refuse(unproved(rule, missing));
};

const unproved = (
  { row, name, section }: BasisRule,
  missing: readonly EvidenceGroup[],
): Refusal<'evidence-missing'> => {
  const inEnglish = missing.map(({ name: what, anyOf }) => `${what.en} (${anyOf.join(' or ')})`);
  const inFrench = missing.map(({ name: what, anyOf }) => `${what.fr} (${anyOf.join(' ou ')})`);
  const rule = evidenceRule(row);
  return {
    code: 'evidence-missing',
    message: `To rely on ${name.en} (${section}; ${rule}), show also: ${inEnglish.join('; ')}.`,
    french: `Pour invoquer ce fondement : ${name.fr} (${frenchSection(section)}; ${rule}), montrez aussi : ${inFrench.join(' ; ')}.`,
    path: 'consent.evidence',
  };
};
