import type { Refusal } from '#domain/kernel/index';

export type ApiKeyRejectionCode =
  'api-key-exists' | 'unknown-api-key' | 'name-missing' | 'scope-required' | 'scope-unknown';
export type ApiKeyRejection = Refusal<ApiKeyRejectionCode>;

export const API_KEY_EXISTS: ApiKeyRejection = {
  code: 'api-key-exists',
  message: 'This key was issued already, and its secret is shown once only. Issue another key.',
};
export const UNKNOWN_API_KEY: ApiKeyRejection = {
  code: 'unknown-api-key',
  message: 'There is no such key. Look up the id in the list of keys.',
};
