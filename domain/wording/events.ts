import type { AccountId, Event, Texts } from '#domain/kernel/index';

/** What consent is asked for: in one text for all, or by language. */
export type Purpose = string | Texts;

/** One version of a consent text: the exact words in each language, and their hash. Never changed (COL-1). */
export type WordingVersion = Readonly<{
  version: number;
  texts: Texts;
  /** SHA-256 (hex) of the canonical JSON of `texts`. */
  hash: string;
}>;
export type WordingCreated = Event<
  'WordingCreated',
  { accountId: AccountId; purpose: Purpose } & WordingVersion
>;
export type WordingVersionAdded = Event<'WordingVersionAdded', WordingVersion>;
export type WordingEvent = WordingCreated | WordingVersionAdded;
