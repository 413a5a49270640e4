import type { Refusal } from '#domain/kernel/index';

export type ListRejectionCode =
  'list-exists' | 'unknown-list' | 'text-missing' | 'language-unknown';
export type ListRejection = Refusal<ListRejectionCode>;

export const LIST_EXISTS: ListRejection = {
  code: 'list-exists',
  message: 'This list exists already. Change it instead, or create another one.',
};
export const UNKNOWN_LIST: ListRejection = {
  code: 'unknown-list',
  message: 'There is no such list. Look up the id among the lists of the account.',
};
