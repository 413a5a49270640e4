import type { AccountId, Language, PersonalEvent, WordingId } from '#domain/kernel/index';

/**
 * Somebody agreed to this text as one version of a wording showed it. It names the sender, who can be a
 * natural person, so the text is kept under the account's key. Several versions can show the same text.
 */
export type ConsentStatementShown = PersonalEvent<
  'ConsentStatementShown',
  {
    accountId: AccountId;
    wordingId: WordingId;
    version: number;
    language: Language;
    /** SHA-256 (hex) of the canonical JSON of `{language, text}`. */
    hash: string;
  },
  { text: string }
>;
export type StatementEvent = ConsentStatementShown;
