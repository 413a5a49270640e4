import type { AccountId, Clear, Language, WordingId } from '#domain/kernel/index';

/** `hash` is the SHA-256 (hex) of the canonical JSON of `{language, text}`; whoever issues the command computes it. */
export type KeepStatement = Readonly<{
  type: 'KeepStatement';
  accountId: AccountId;
  wordingId: WordingId;
  version: number;
  language: Language;
  hash: string;
  text: Clear<string>;
}>;
export type StatementCommand = KeepStatement;
