import type { Refusal } from '#domain/kernel/index';
import { BASIS_RULES } from './basis-rules.ts';
import { BUSINESS_LABELS, LABEL_NAMES, type BusinessLabel } from './business-labels.ts';
import { ROWS_WITHOUT_BASIS } from './rows-without-basis.ts';
import { IMPLIED_BASES } from '../consent.ts';

export type BasisFaultCode = 'unknown-basis' | 'label-without-basis';

/**
 * Why a text names no basis of an implied consent: the law knows none of that name, no message to a list can
 * rest on it, or it is what a business calls people, which says nothing of why it may write to them (C-05).
 * Undefined for a basis.
 */
export const basisFault = (text: string): Refusal<BasisFaultCode> | undefined => {
  if (IMPLIED_BASES.some((basis) => basis === text)) return undefined;
  const label = BUSINESS_LABELS.find((one) => one === text);
  return label === undefined ? unknownBasis(text) : labelFault(label);
};

const unknownBasis = (text: string): Refusal<'unknown-basis'> => {
  const row = ROWS_WITHOUT_BASIS.find(({ code }) => code === text);
  const why = row === undefined ? '' : `${row.name.en} (${row.section}): ${row.effect.en} `;
  const bases = IMPLIED_BASES.join(', ');
  return {
    code: 'unknown-basis',
    message: `${why}Give one of: ${bases} (C-05).`,
  };
};

/** A label alone, and the bases that can stand behind it, whatever the organisation. */
export const labelFault = (label: BusinessLabel): Refusal<'label-without-basis'> => {
  const acceptable = IMPLIED_BASES.filter((basis) => BASIS_RULES[basis].labels.includes(label));
  const { en } = LABEL_NAMES[label];
  return {
    code: 'label-without-basis',
    message: `“${en}” is no basis of the law by itself. Give one of: ${acceptable.join(', ')} (C-05).`,
  };
};
