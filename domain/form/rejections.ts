import type { Refusal } from '#domain/kernel/index';

export type FormRejectionCode =
  | 'form-exists'
  | 'unknown-form'
  | 'name-missing'
  | 'list-required'
  | 'wording-required'
  | 'field-repeated'
  | 'field-value-required'
  | 'text-missing'
  | 'language-unknown';
export type FormRejection = Refusal<FormRejectionCode>;

export const FORM_EXISTS: FormRejection = {
  code: 'form-exists',
  message: 'This form exists already. Change it instead, or create another one.',
};
export const UNKNOWN_FORM: FormRejection = {
  code: 'unknown-form',
  message: 'There is no such form. Look up the id among the forms of the account.',
};
