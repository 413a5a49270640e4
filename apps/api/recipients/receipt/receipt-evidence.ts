import type { Evidence, Metadata } from '#domain/kernel/index';
import { isShredded, type AnyEvent, type Recorded } from '#domain/kernel/index';
import type { ConsentProof, RecipientEvent } from '#domain/recipient/index';
import type { ReceiptEvidence, ReceiptNotice } from './receipt-document.ts';

type Shown = Readonly<{ evidence?: ReceiptEvidence; evidence_withheld?: readonly string[] }>;

/** Names of other people, which are kept and not told to whoever holds a receipt. */
const NAMES_OTHERS: ReadonlySet<string> = new Set(['by', 'attestedBy']);

const MEMBER_NAMES: Readonly<Record<string, string>> = {
  formId: 'form_id',
  importId: 'import_id',
  newsletterId: 'newsletter_id',
  campaignId: 'campaign_id',
  messageId: 'message_id',
  snapshotHash: 'snapshot_hash',
  noRefusalChecked: 'no_refusal_checked',
  attestedBy: 'attested_by',
};

/** The proof of an event and the references beside it: what is told, and the names of what is not. */
export const receiptEvidence = ({ event, metadata }: Recorded<RecipientEvent>): Shown => {
  const told: Record<string, string | number | boolean> = {};
  const withheld: string[] = [];
  const all: Readonly<Evidence & ConsentProof> = { ...metadata.evidence, ...proofOf(event) };
  for (const [key, value] of Object.entries(all)) {
    const name = MEMBER_NAMES[key] ?? key;
    const shown = NAMES_OTHERS.has(key) ? undefined : key === 'url' ? bareUrl(value) : value;
    if (shown === undefined) withheld.push(name);
    else told[name] = shown;
  }
  return {
    ...(Object.keys(told).length > 0 && { evidence: told }),
    ...(withheld.length > 0 && { evidence_withheld: withheld }),
  };
};

const proofOf = (event: RecipientEvent): ConsentProof => {
  const { personal } = event as AnyEvent;
  if (personal === undefined || isShredded(personal)) return {};
  return (personal.reveal() as { proof?: ConsentProof }).proof ?? {};
};

/** Without what can hold a key to something: credentials, query and fragment. */
const bareUrl = (value: string | number | boolean): string | undefined => {
  if (typeof value !== 'string' || !URL.canParse(value)) return undefined;
  const { protocol, host, pathname } = new URL(value);
  return protocol === 'https:' || protocol === 'http:'
    ? `${protocol}//${host}${pathname}`
    : undefined;
};

export const receiptNotice = ({ wording }: Metadata): ReceiptNotice | undefined =>
  wording && {
    wording_id: wording.wordingId,
    version: wording.version,
    sha256: wording.hash,
    ...(wording.language !== undefined && { language: wording.language }),
    ...(wording.statementHash !== undefined && { statement_sha256: wording.statementHash }),
  };
