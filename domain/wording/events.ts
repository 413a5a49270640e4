import type { AccountId, Event } from '#domain/kernel/index';

/** One version of a consent text: the exact words in each language, and their hash. Never changed (COL-1). */
export type WordingVersion = Readonly<{
  version: number;
  texts: Readonly<Record<string, string>>;
  /** SHA-256 (hex) of the canonical JSON of `texts`. */
  hash: string;
}>;
export type WordingCreated = Event<
  'WordingCreated',
  { accountId: AccountId; purpose: string } & WordingVersion
>;
export type WordingVersionAdded = Event<'WordingVersionAdded', WordingVersion>;
export type WordingEvent = WordingCreated | WordingVersionAdded;

export type CreateWording = Readonly<{
  type: 'CreateWording';
  accountId: AccountId;
  purpose: string;
  texts: Readonly<Record<string, string>>;
  hash: string;
}>;
export type AddWordingVersion = Readonly<{
  type: 'AddWordingVersion';
  texts: Readonly<Record<string, string>>;
  hash: string;
}>;
export type WordingCommand = CreateWording | AddWordingVersion;
