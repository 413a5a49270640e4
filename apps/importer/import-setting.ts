import { accountStream } from '#domain/account/index';
import type { AccountTerms } from '#domain/account/index';
import { fieldsStream, type Fields } from '#domain/field/index';
import type { ConsentClaim } from '#domain/import/mapping';
import { fold, type AccountId, type AnyEvent, type WordingShown } from '#domain/kernel/index';
import { wordingStream } from '#domain/wording/index';
import type { Ledger, StreamFormat } from '#libs/ledger/port';

/** What of the account an import goes by; read once, when the import begins or goes on. */
export type ImportSetting = Readonly<{
  accountId: AccountId;
  terms: AccountTerms;
  fields: Fields;
  identityKey: Uint8Array;
}>;

type Foldable<S, E extends AnyEvent> = StreamFormat<E> &
  Readonly<{ initialState: S; evolve: (state: S, event: E) => S }>;

/** A stream as the ledger has it now. */
export const readState = async <S, E extends AnyEvent>(
  ledger: Ledger,
  definition: Foldable<S, E>,
  key: string,
): Promise<S> => {
  const history = await ledger.read(definition, key);
  return fold(
    definition,
    history.map(({ event }) => event),
  );
};

/** Throws when there is no such account: an import of nobody's is a bug. */
export const loadSetting = async (
  ledger: Ledger,
  accountId: AccountId,
  identityKey: Uint8Array,
): Promise<ImportSetting> => {
  const account = await readState(ledger, accountStream, accountId);
  if (account.status === 'none') throw new Error('The account of an import does not exist.');
  const fields = await readState(ledger, fieldsStream, accountId);
  return { accountId, terms: account.terms, fields, identityKey };
};

/** The wording that the claim rests on, in its version of now; it was checked when the import was queued. */
export const wordingOf = async (
  ledger: Ledger,
  claim: ConsentClaim,
): Promise<WordingShown | undefined> => {
  if (claim.kind !== 'express' || claim.wordingId === undefined) return undefined;
  const wording = await readState(ledger, wordingStream, claim.wordingId);
  if (wording.status === 'none') throw new Error('The wording of an import does not exist.');
  const { version, hash } = wording.latest;
  return { wordingId: claim.wordingId, version, hash };
};
