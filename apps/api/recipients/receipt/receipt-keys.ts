import { instantOf, type AccountId, type Instant } from '#domain/kernel/index';
import type { Keyring } from '#libs/keyring/index';
import { jwkOf, pemOf, type PublicJwk } from '#libs/signatures/index';

/** A public key that verifies receipts, as JSON Web Key and as PEM. */
export type ReceiptKey = PublicJwk &
  Readonly<{ pem: string; validFrom: Instant; validUntil?: Instant }>;

/** A JSON Web Key Set (RFC 7517). */
export type ReceiptKeys = Readonly<{ keys: readonly ReceiptKey[] }>;

/** Where the keys of an account are published, below what public links begin with. */
export const receiptKeysUrl =
  (publicUrl: string) =>
  (accountId: AccountId): string =>
    `${publicUrl.replace(/\/+$/, '')}/receipt-keys/${accountId}`;

/** All keys that ever signed receipts of the account, the one in force last; the first is made if need be. */
export const receiptKeysOf = async (
  keyring: Pick<Keyring, 'signer' | 'verifyingKeys'>,
  accountId: AccountId,
): Promise<ReceiptKeys> => {
  await keyring.signer(accountId);
  const keys = await keyring.verifyingKeys(accountId);
  return {
    keys: keys.map(({ publicKey, madeAt, retiredAt }) => ({
      ...jwkOf(publicKey),
      pem: pemOf(publicKey),
      validFrom: instantOf(madeAt),
      ...(retiredAt !== undefined && { validUntil: instantOf(retiredAt) }),
    })),
  };
};
