import type { AccountId, Event } from '#domain/kernel/index';

export const SCOPES = [
  'account',
  'content',
  'recipients:read',
  'recipients:write',
  'imports',
  'campaigns',
  'events:read',
  'export',
  'erase',
] as const;
export type Scope = (typeof SCOPES)[number];
/** `*` stands for every scope, those to come included. */
export type GrantedScope = Scope | '*';

export type ApiKeyIssued = Event<
  'ApiKeyIssued',
  {
    accountId: AccountId;
    name: string;
    scopes: readonly GrantedScope[];
    /** SHA-256 of the secret, hex; the secret itself is shown once and never stored. */
    secretHash: string;
  }
>;
export type ApiKeyRevoked = Event<'ApiKeyRevoked', Record<never, never>>;
export type ApiKeyEvent = ApiKeyIssued | ApiKeyRevoked;
