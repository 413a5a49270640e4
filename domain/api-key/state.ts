import type { ApiKeyIssued } from './events.ts';

/** A key to the API. A revoked key keeps its terms, so that people can see whose it was. */
export type ApiKey =
  Readonly<{ status: 'none' }> | (Readonly<{ status: 'valid' | 'revoked' }> & ApiKeyIssued['data']);

export const NO_API_KEY: ApiKey = { status: 'none' };
