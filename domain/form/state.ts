import type { AccountId } from '#domain/kernel/index';
import type { FormTerms } from './events.ts';

/** A subscription form. */
export type Form =
  | Readonly<{ status: 'none' }>
  | Readonly<{ status: 'open'; accountId: AccountId; terms: FormTerms }>;

export const NO_FORM: Form = { status: 'none' };
