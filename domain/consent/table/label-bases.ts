import { ok, refuse, type Refusal, type Result } from '#domain/kernel/index';
import { BASIS_RULES, isAvailableTo } from './basis-rules.ts';
import { BUSINESS_LABELS, LABEL_NAMES, type BusinessLabel } from './business-labels.ts';
import { IMPLIED_BASES, type ImpliedBasis, type OrganisationType } from '../consent.ts';

/** Bases that can hold of people with this label, for an organisation of this type (C-05, C-06). */
export const basesOf = (
  label: BusinessLabel,
  organisationType: OrganisationType,
): readonly ImpliedBasis[] =>
  IMPLIED_BASES.filter((basis) => {
    const rule = BASIS_RULES[basis];
    return rule.labels.includes(label) && isAvailableTo(rule, organisationType);
  });

/** Labels that an organisation of this type can choose: those of whom some basis can hold (C-06). */
export const labelsFor = (organisationType: OrganisationType): readonly BusinessLabel[] =>
  BUSINESS_LABELS.filter((label) => basesOf(label, organisationType).length > 0);

/**
 * A label is no basis: the basis behind it has to be named, and be one of those that the label can stand
 * for. A supplier who sells to the account, for one, has bought nothing from it (C-05).
 */
export const checkLabel = (
  label: BusinessLabel,
  basis: ImpliedBasis | undefined,
  organisationType: OrganisationType,
): Result<ImpliedBasis, Refusal<'label-without-basis' | 'label-not-available'>> => {
  const acceptable = basesOf(label, organisationType);
  if (basis !== undefined && acceptable.includes(basis)) return ok(basis);
  const { en } = LABEL_NAMES[label];
  return acceptable.length === 0
    ? refuse({
        code: 'label-not-available',
        message: `An organisation of type ${organisationType} has no basis for a ${en}: ask for express consent (C-06).`,
        path: 'consent.basis',
      })
    : refuse({
        code: 'label-without-basis',
        message: `“${en}” is no basis of the law by itself. Record one of: ${acceptable.join(', ')} (C-05).`,
        path: 'consent.basis',
      });
};
