import type { SignedReceipt } from '#apps/api/recipients/receipt/receipt-document';
import { RECORD_TITLES, STATE_NAMES } from '#apps/api/recipients/receipt/record-words';
import {
  checkReceipt,
  type CheckedReceipt,
  type ReceiptFault,
} from '#apps/api/recipients/receipt/signed-receipt';
import type { Bilingual } from '#domain/kernel/index';
import { readPublicKeys } from '#libs/signatures/index';
import type { Invocation } from '../command-line.ts';
import { BadUsage, CommandRefused } from '../refusal.ts';
import type { Output } from '../terminal/output.ts';
import { beginningOf } from './beginning-of.ts';

/** A receipt of a long life has some hundred kilobytes. */
const LARGEST_RECEIPT = 16 * 2 ** 20;
const LARGEST_KEY = 2 ** 20;

/**
 * Whether a receipt is one that the key signed, and unchanged (CON-7). Opens nothing but the receipt and the
 * key. Throws `CommandRefused` with the fault as its code, and `BadUsage` for a file or key that cannot be read.
 */
export const verifyReceipt = async (
  file: string,
  { key }: Readonly<{ key: string }>,
  { output }: Invocation,
): Promise<void> => {
  const keys = await keysNamed(key);
  const bytes = await beginningOf(file, LARGEST_RECEIPT + 1);
  if (bytes === undefined) throw unreadable();
  const text = bytes.length > LARGEST_RECEIPT ? undefined : textOf(bytes);
  const checked = text === undefined ? undefined : checkReceipt(text, keys);
  if (checked === undefined) throw refused('malformed');
  if (!checked.ok) throw refused(checked.error);
  const { receipt } = checked.value;
  output.result(summaryOf(checked.value), linesOf(receipt, checked.value.keyId, output));
};

/** A file with a key in it, or the key itself. */
const keysNamed = async (key: string): Promise<readonly Uint8Array[]> => {
  const bytes = await beginningOf(key, LARGEST_KEY);
  const keys = readPublicKeys(bytes?.toString() ?? key);
  if (keys.length > 0) return keys;
  throw new BadUsage(
    {
      fr: 'L’option --key ne donne pas de clé publique Ed25519 : nommez un fichier PEM ou JWK, ou donnez la clé elle-même. Voir : attesta receipt key --help',
      en: '--key gives no Ed25519 public key: name a file in PEM or JWK form, or give the key itself. See: attesta receipt key --help',
    },
    'key-unreadable',
  );
};

const unreadable = (): BadUsage =>
  new BadUsage(
    {
      fr: 'Le fichier du reçu ne peut pas être lu. Vérifiez son chemin et ses permissions.',
      en: 'The file of the receipt cannot be read. Check its path and permissions.',
    },
    'file-unreadable',
  );

const textOf = (bytes: Buffer): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

const FAULTS: Readonly<Record<ReceiptFault, Bilingual>> = {
  malformed: {
    fr: 'NON VALIDE : ce n’est pas un reçu de consentement, ou il n’en reste qu’une partie.',
    en: 'NOT VALID: this is no consent receipt, or only a part of one.',
  },
  'unknown-version': {
    fr: 'NON VALIDE : le reçu dit être d’une version que ce programme ne connaît pas. Essayez avec un programme plus récent.',
    en: 'NOT VALID: the receipt says that it is of a version that this program does not know. Try a newer program.',
  },
  'other-algorithm': {
    fr: 'NON VALIDE : le reçu n’est pas signé par Ed25519, seul algorithme accepté.',
    en: 'NOT VALID: the receipt is not signed by Ed25519, the one algorithm that is taken.',
  },
  'other-key': {
    fr: 'NON VALIDE avec cette clé : le reçu dit être signé par une autre. Demandez à l’émetteur toutes ses clés, les anciennes aussi.',
    en: 'NOT VALID with this key: the receipt says that another one signed it. Ask the issuer for all their keys, the old ones too.',
  },
  altered: {
    fr: 'NON VALIDE : le contenu du reçu a été modifié depuis qu’il a été signé.',
    en: 'NOT VALID: what the receipt says was changed after it was signed.',
  },
};

const refused = (fault: ReceiptFault): CommandRefused => new CommandRefused(fault, FAULTS[fault]);

/** What it proves, without the person's address. */
const summaryOf = ({ receipt, keyId }: CheckedReceipt) => ({
  valid: true,
  keyId,
  receiptId: receipt.receipt_id,
  issuedAt: receipt.issued_at,
  issuedBy: receipt.issued_by,
  recipientId: receipt.pii_principal.pii_principal_id,
  records: receipt.records.map(({ record_type: record, state }) => ({ record, state })),
});

const linesOf = (receipt: SignedReceipt, keyId: string, output: Output): readonly string[] => {
  const { language } = output;
  const issuer = receipt.party_identification.find(({ party_id: id }) => id === receipt.issued_by);
  const name = typeof issuer?.party_name === 'string' ? ` (${issuer.party_name})` : '';
  const row = (title: Bilingual, value: string): string => `${title[language].padEnd(39)} ${value}`;
  return [
    output.words({
      fr: 'VALIDE : ce reçu a été signé avec cette clé, et rien n’y a changé depuis.',
      en: 'VALID: this receipt was signed with this key, and nothing in it has changed since.',
    }),
    row({ fr: 'Reçu', en: 'Receipt' }, receipt.receipt_id),
    row({ fr: 'Clé', en: 'Key' }, keyId),
    row({ fr: 'Émis le', en: 'Issued at' }, receipt.issued_at),
    row({ fr: 'Émis par', en: 'Issued by' }, `${receipt.issued_by}${name}`),
    row({ fr: 'Au sujet de', en: 'About' }, receipt.pii_principal.pii_principal_id),
    ...receipt.records.map(({ record_type: record, state }) =>
      row(RECORD_TITLES[record], STATE_NAMES[state][language]),
    ),
  ];
};
