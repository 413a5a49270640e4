import { ok, refuse, type Result } from '#domain/kernel/index';
import { canonicalJson } from '#libs/ledger/canonical-json';
import {
  checkDetached,
  signDetached,
  type SignatureFault,
  type SigningParty,
} from '#libs/signatures/index';
import { RECEIPT_VERSION, type ReceiptDocument, type SignedReceipt } from './receipt-document.ts';

const PROOF_TYPE = 'detached-jws';

/** Why a text is no valid receipt. */
export type ReceiptFault = SignatureFault | 'unknown-version';
export type CheckedReceipt = Readonly<{ receipt: SignedReceipt; keyId: string }>;

const payloadOf = (document: object): Buffer => Buffer.from(canonicalJson(document));

/**
 * Signs a receipt: a JWS over its canonical JSON (RFC 8785), which travels in `proof`. Members come in canonical
 * order, so that JSON.stringify writes the one text that the receipt has.
 */
export const signReceipt = async (
  document: ReceiptDocument,
  party: SigningParty,
): Promise<SignedReceipt> => {
  const jws = await signDetached(payloadOf(document), party);
  const signed: SignedReceipt = { ...document, proof: { type: PROOF_TYPE, jws } };
  return JSON.parse(canonicalJson(signed)) as SignedReceipt;
};

/** The text of a receipt, as it is handed out and verified. */
export const receiptText = (receipt: SignedReceipt): string => canonicalJson(receipt);

/**
 * Whether a text is a receipt that one of these keys signed, and not a character of it another. Blanks between
 * its parts do not count: a receipt that somebody laid out anew, or ended with a line break, is the same one.
 * Needs nothing but the text and the keys.
 */
export const checkReceipt = (
  text: string,
  keys: readonly Uint8Array[],
): Result<CheckedReceipt, ReceiptFault> => {
  const parsed = parseReceipt(text);
  if (parsed === undefined) return refuse('malformed');
  const { jws, document } = parsed;
  if (document['schema_version'] !== RECEIPT_VERSION) return refuse('unknown-version');
  const signature = checkDetached(jws, payloadOf(document), keys);
  if (!signature.ok) return signature;
  // What was signed has the form of a receipt: nobody else has the key.
  const receipt = { ...document, proof: { type: PROOF_TYPE, jws } } as unknown as SignedReceipt;
  // A second member of the same name, or another order: programs would read it differently.
  return canonicalJson(receipt) === withoutBlanks(text)
    ? ok({ receipt, keyId: signature.value })
    : refuse('altered');
};

type Parsed = Readonly<{ jws: string; document: Readonly<Record<string, unknown>> }>;

const parseReceipt = (text: string): Parsed | undefined => {
  try {
    const value = JSON.parse(text) as unknown;
    if (!isObject(value)) return undefined;
    const { proof, ...document } = value;
    if (!isObject(proof) || proof['type'] !== PROOF_TYPE) return undefined;
    const { jws } = proof;
    // Throws on what has no canonical form, such as half a character.
    canonicalJson(document);
    return typeof jws === 'string' ? { jws, document } : undefined;
  } catch {
    return undefined;
  }
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON without the blanks between its parts; those inside texts stay. */
const withoutBlanks = (text: string): string =>
  text.replaceAll(/("(?:[^"\\]|\\.)*")|[\t\n\r ]+/g, '$1');
