import type { AccountId, Language, Personal, WordingId } from '#domain/kernel/index';

/** A text by which consent was asked for, and the versions of wordings that showed it. */
export type Statement =
  | Readonly<{ status: 'none' }>
  | Readonly<{
      status: 'kept';
      accountId: AccountId;
      language: Language;
      hash: string;
      text: Personal<Readonly<{ text: string }>>;
      shownBy: readonly Readonly<{ wordingId: WordingId; version: number }>[];
    }>;

export const NO_STATEMENT: Statement = { status: 'none' };

/** Whether this version of the wording showed the text before. */
export const isShownBy = (statement: Statement, wordingId: WordingId, version: number): boolean =>
  statement.status === 'kept' &&
  statement.shownBy.some((each) => each.wordingId === wordingId && each.version === version);
