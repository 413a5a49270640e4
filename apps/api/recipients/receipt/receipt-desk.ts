import type { AccountId } from '#domain/kernel/index';
import type { Keyring } from '#libs/keyring/index';
import type { Ledger } from '#libs/ledger/index';
import { issueReceipt, type Issuer, type ReceiptRequest } from './issue-receipt.ts';
import { receiptKeysOf, receiptKeysUrl, type ReceiptKeys } from './receipt-keys.ts';
import type { SignedReceipt } from './receipt-document.ts';

/** Where the API hands out receipts. */
export class ReceiptDesk {
  readonly #issuer: Issuer;
  readonly #keyring: Keyring;

  constructor(ledger: Ledger, keyring: Keyring, publicUrl: string) {
    this.#keyring = keyring;
    this.#issuer = { ledger, keyring, keysUrlOf: receiptKeysUrl(publicUrl) };
  }

  issue(request: ReceiptRequest): Promise<SignedReceipt> {
    return issueReceipt(this.#issuer, request);
  }

  keys(accountId: AccountId): Promise<ReceiptKeys> {
    return receiptKeysOf(this.#keyring, accountId);
  }
}
