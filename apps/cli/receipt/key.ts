import { receiptKeysOf, type ReceiptKey } from '#apps/api/recipients/receipt/receipt-keys';
import { accountNamed } from '../accounts.ts';
import type { Invocation } from '../command-line.ts';
import { onDataDirectory } from '../data-directory.ts';
import type { Output } from '../terminal/output.ts';

export type KeyOptions = Readonly<{ account: string; renew?: boolean }>;

/**
 * The public keys of an account, those of before too: as PEM for a file that `--key` takes, or with `--json` as a
 * JSON Web Key Set. `--renew` retires the key in force first.
 */
export const receiptKey = async (
  { account: named, renew = false }: KeyOptions,
  { config, output }: Invocation,
): Promise<void> => {
  await onDataDirectory(config, async ({ ledger, keyring }) => {
    const account = await accountNamed(ledger, named);
    if (renew) await keyring.renewSigningKey(account.id);
    const { keys } = await receiptKeysOf(keyring, account.id);
    output.result({ keys }, linesOf(keys, output));
  });
};

/** Text between the blocks of a PEM file is allowed (RFC 7468, s. 2). */
const linesOf = (keys: readonly ReceiptKey[], output: Output): readonly string[] =>
  keys.flatMap(({ kid, pem, validFrom, validUntil }) => {
    const since = output.words({ fr: `depuis le ${validFrom}`, en: `since ${validFrom}` });
    const until =
      validUntil === undefined
        ? ''
        : output.words({ fr: ` jusqu’au ${validUntil}`, en: ` until ${validUntil}` });
    return [`${kid}, ${since}${until}`, pem.trimEnd()];
  });
