import {
  fold,
  isShredded,
  WordingId,
  type AccountId,
  type Language,
  type Recorded,
  type Texts,
} from '#domain/kernel/index';
import type { RecipientEvent } from '#domain/recipient/index';
import { statementKey, statementStream } from '#domain/statement/index';
import { wordingStream, type Purpose } from '#domain/wording/index';
import type { Ledger } from '#libs/ledger/index';

/** What the hash of a statement is of. */
export type StatementText = Readonly<{ language: Language; text: string }>;

/** The words behind the hashes of a history, as far as they are on record. */
export type WordsShown = Readonly<{
  /** By the id of the wording. */
  purposes: ReadonlyMap<string, Purpose>;
  /** Of a version in all its languages, by its hash. */
  texts: ReadonlyMap<string, Texts>;
  /** Whole requests as a page showed them, by their hash; without those whose key was destroyed. */
  statements: ReadonlyMap<string, StatementText>;
}>;

type Reader = Pick<Ledger, 'readMany'>;

/** Looks up what the person was shown. Nothing of another account is told. */
export const wordsShown = async (
  ledger: Reader,
  accountId: AccountId,
  history: readonly Recorded<RecipientEvent>[],
): Promise<WordsShown> => {
  const shown = history.flatMap(({ metadata }) => metadata.wording ?? []);
  const hashes = new Set(shown.flatMap(({ statementHash }) => statementHash ?? []));
  const ids = new Set(shown.map(({ wordingId }) => wordingId).filter(WordingId.is));
  return {
    ...(await wordingsShown(ledger, accountId, [...ids])),
    statements: await statementsShown(ledger, accountId, [...hashes]),
  };
};

const wordingsShown = async (
  ledger: Reader,
  accountId: AccountId,
  ids: readonly WordingId[],
): Promise<Pick<WordsShown, 'purposes' | 'texts'>> => {
  const purposes = new Map<string, Purpose>();
  const texts = new Map<string, Texts>();
  for (const [index, history] of (await ledger.readMany(wordingStream, ids)).entries()) {
    const wording = fold(
      wordingStream,
      history.map(({ event }) => event),
    );
    if (wording.status === 'none' || wording.accountId !== accountId) continue;
    purposes.set(ids[index] ?? '', wording.purpose);
    for (const version of wording.versions) texts.set(version.hash, version.texts);
  }
  return { purposes, texts };
};

const statementsShown = async (
  ledger: Reader,
  accountId: AccountId,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, StatementText>> => {
  const keys = hashes.map((hash) => statementKey(accountId, hash));
  const statements = new Map<string, StatementText>();
  for (const history of await ledger.readMany(statementStream, keys)) {
    const [first] = history;
    if (first === undefined || isShredded(first.event.personal)) continue;
    const { language, hash } = first.event.data;
    const { text } = first.event.personal.reveal();
    statements.set(hash, { language, text });
  }
  return statements;
};
