import type { AccountId, Event, Texts } from '#domain/kernel/index';

/** One version of a consent text: the exact words in each language, and their hash. Never changed (COL-1). */
export type WordingVersion = Readonly<{
  version: number;
  texts: Texts;
  /** SHA-256 (hex) of the canonical JSON of `texts`. */
  hash: string;
}>;
export type WordingCreated = Event<
  'WordingCreated',
  { accountId: AccountId; purpose: string } & WordingVersion
>;
export type WordingVersionAdded = Event<'WordingVersionAdded', WordingVersion>;
export type WordingEvent = WordingCreated | WordingVersionAdded;
