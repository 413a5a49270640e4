import type { Refusal } from '#domain/kernel/index';

export type WordingRejectionCode =
  'wording-exists' | 'unknown-wording' | 'purpose-missing' | 'text-missing' | 'language-unknown';
export type WordingRejection = Refusal<WordingRejectionCode>;

export const WORDING_EXISTS: WordingRejection = {
  code: 'wording-exists',
  message: 'This wording exists already. Add a version to it, or create another one.',
};
export const UNKNOWN_WORDING: WordingRejection = {
  code: 'unknown-wording',
  message: 'There is no such wording. Look up the id among the wordings of the account.',
};
export const PURPOSE_MISSING: WordingRejection = {
  code: 'purpose-missing',
  message: 'Say what consent is asked for: the law wants the purpose stated.',
  path: 'purpose',
};
