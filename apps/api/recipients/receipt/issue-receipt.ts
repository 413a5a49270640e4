import { accountStream } from '#domain/account/index';
import {
  fold,
  ReceiptId,
  type AccountId,
  type Instant,
  type RecipientId,
  type Recorded,
} from '#domain/kernel/index';
import type { RecipientEvent } from '#domain/recipient/index';
import type { Keyring } from '#libs/keyring/index';
import { idFrom, type Ledger } from '#libs/ledger/index';
import { receiptOf } from './receipt-of.ts';
import type { OpenAccount } from './open-account.ts';
import type { SignedReceipt } from './receipt-document.ts';
import { signReceipt } from './signed-receipt.ts';
import { wordsShown } from './words-shown.ts';

/** What issuing needs of the machine. */
export type Issuer = Readonly<{
  ledger: Pick<Ledger, 'read' | 'readMany'>;
  keyring: Pick<Keyring, 'signer'>;
  /** Where the keys of an account are published. */
  keysUrlOf: (accountId: AccountId) => string;
}>;

/** Of whom. */
export type ReceiptRequest = Readonly<{
  accountId: AccountId;
  id: RecipientId;
  history: readonly Recorded<RecipientEvent>[];
  /** Asked once the key is there: no receipt is older than the key that signs it. */
  clock: () => Instant;
}>;

/** Draws a receipt from the ledger and signs it with the account's key (CON-7). Writes nothing to the ledger. */
export const issueReceipt = async (
  { ledger, keyring, keysUrlOf }: Issuer,
  { accountId, id, history, clock }: ReceiptRequest,
): Promise<SignedReceipt> => {
  const last = history.at(-1);
  if (last === undefined) throw new Error('There is no receipt of nobody.');
  const account = await openAccount(ledger, accountId);
  const signer = await keyring.signer(accountId);
  const issuedAt = clock();
  const document = receiptOf({
    account,
    id,
    history,
    words: await wordsShown(ledger, accountId, history),
    receiptId: idFrom(ReceiptId, last.id, issuedAt),
    issuedAt,
    keysUrl: keysUrlOf(accountId),
  });
  return signReceipt(document, signer);
};

const openAccount = async (ledger: Issuer['ledger'], id: AccountId): Promise<OpenAccount> => {
  const history = await ledger.read(accountStream, id);
  const state = fold(
    accountStream,
    history.map(({ event }) => event),
  );
  if (state.status === 'none') throw new Error('A recipient without an account.');
  return { id, state };
};
