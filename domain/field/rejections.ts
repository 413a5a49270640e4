import type { Refusal } from '#domain/kernel/index';

export type FieldRejectionCode =
  | 'field-key-invalid'
  | 'field-type-unknown'
  | 'field-type-fixed'
  | 'choices-missing'
  | 'choices-not-allowed'
  | 'text-missing'
  | 'language-unknown';
export type FieldRejection = Refusal<FieldRejectionCode>;
