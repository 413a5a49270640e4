import type { AccountId, Language, WordingId, WordingShown } from '#domain/kernel/index';
import {
  consentStatement,
  type ConsentStatement,
  type SenderIdentity,
} from '#domain/statement/index';
import type { Wording } from '#domain/wording/index';
import { contentHash } from '../content-hash.ts';
import type { Present } from '../owned.ts';

/** A request for consent as a page of ours shows it, and what it can be proven by. */
export type ShownStatement = ConsentStatement &
  Readonly<{
    accountId: AccountId;
    wordingId: WordingId;
    version: number;
    /** Of the wording's version, in all its languages. */
    wordingHash: string;
    /** Of what is shown: language and text. */
    hash: string;
  }>;

type Asked = Readonly<{
  accountId: AccountId;
  wordingId: WordingId;
  wording: Present<Wording>;
  sender: SenderIdentity;
}>;

/** What a page says in this language, by the version in force and the account's identity of now. */
export const statementShown = (asked: Asked, language: Language): ShownStatement => {
  const { accountId, wordingId, wording, sender } = asked;
  const { version, texts, hash: wordingHash } = wording.latest;
  const statement = consentStatement({ purpose: wording.purpose, texts }, sender, language);
  return {
    ...statement,
    accountId,
    wordingId,
    version,
    wordingHash,
    hash: statementHash(statement),
  };
};

/** SHA-256 (hex) of the canonical JSON of `{language, text}`. */
export const statementHash = ({
  language,
  text,
}: Pick<ConsentStatement, 'language' | 'text'>): string => contentHash({ language, text });

/** What an event says of the statement that its person read. */
export const wordingShownBy = (statement: ShownStatement): WordingShown => ({
  wordingId: statement.wordingId,
  version: statement.version,
  hash: statement.wordingHash,
  language: statement.language,
  statementHash: statement.hash,
});
