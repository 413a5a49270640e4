import { civilDateIn, fold, isShredded, type Instant, type ReceiptId } from '#domain/kernel/index';
import {
  receiptRecords,
  RECORD_NAMES,
  recipientStream,
  type Recipient,
  type RecordName,
  type ReceiptRecord,
} from '#domain/recipient/index';
import type { Purpose } from '#domain/wording/index';
import type { OpenAccount } from './open-account.ts';
import {
  RECEIPT_VERSION,
  type ReceiptDocument,
  type ReceiptEvent,
  type ReceiptNotice,
  type ReceiptNoticeInWords,
  type ReceiptParty,
  type ReceiptRecordDocument,
} from './receipt-document.ts';
import { receiptEvent, type Told } from './receipt-event.ts';
import { receiptParties } from './receipt-parties.ts';
import { receiptPurposes } from './receipt-purposes.ts';
import type { WordsShown } from './words-shown.ts';

/** Everything that a receipt is made of. */
export type ReceiptMaterial = Omit<Told, 'accountId'> &
  Readonly<{
    account: OpenAccount;
    words: WordsShown;
    receiptId: ReceiptId;
    issuedAt: Instant;
    keysUrl: string;
  }>;

/**
 * The consent receipt of a person (P-15, P-16), before it is signed. The same history, account and instant give
 * the same document. Throws on a history without events.
 */
export const receiptOf = (material: ReceiptMaterial): ReceiptDocument => {
  const { account, id, history, issuedAt } = material;
  const last = history.at(-1);
  if (last === undefined) throw new Error('There is no receipt of nobody.');
  const events = history.map(({ event }) => event);
  const recipient = fold(recipientStream, events);
  const parties = receiptParties(account);
  const today = civilDateIn(account.state.terms.timeZone, issuedAt);
  const records = receiptRecords(events, today);
  const { address, language } = recipient;
  return {
    schema_version: RECEIPT_VERSION,
    receipt_id: material.receiptId,
    issued_at: issuedAt,
    issued_by: account.id,
    keys_url: material.keysUrl,
    drawn_from: {
      events: history.length,
      last_event_id: last.id,
      last_recorded_at: last.metadata.recordedAt,
    },
    pii_principal: {
      pii_principal_id: id,
      ...(!isShredded(address) && { email: address.reveal() }),
      language,
    },
    party_identification: parties,
    records: RECORD_NAMES.map((name) =>
      recordOf(name, records[name], { ...material, parties, recipient }),
    ),
  };
};

type Setting = ReceiptMaterial &
  Readonly<{ parties: readonly ReceiptParty[]; recipient: Recipient }>;

const recordOf = (
  name: RecordName,
  { state, entries }: ReceiptRecord,
  setting: Setting,
): ReceiptRecordDocument => {
  const { id, account, history, recipient } = setting;
  const told = { accountId: account.id, id, history };
  const event = entries.map((entry) => receiptEvent(told, name, entry));
  const notices = noticesOf(event);
  return {
    schema_version: RECEIPT_VERSION,
    record_id: `${id}.${name}`,
    record_type: name,
    pii_principal_id: id,
    state,
    pii_processing: {
      privacy_notice: notices.map((notice) => withWords(notice, setting.words)),
      language: recipient.language,
      purposes: receiptPurposes(name, purposesOf(notices, setting), setting),
    },
    event,
  };
};

/** Each text once, the first one shown first. */
const noticesOf = (events: readonly ReceiptEvent[]): readonly ReceiptNotice[] => {
  const notices = new Map<string, ReceiptNotice>();
  for (const { privacy_notice: notice } of events) {
    if (notice === undefined) continue;
    const { sha256, language = '', statement_sha256: statement = '' } = notice;
    const name = [notice.wording_id, notice.version, sha256, language, statement].join(' ');
    if (!notices.has(name)) notices.set(name, notice);
  }
  return [...notices.values()];
};

const purposesOf = (notices: readonly ReceiptNotice[], { words }: Setting): readonly Purpose[] => {
  const ids = new Set(notices.map(({ wording_id }) => wording_id));
  return [...ids].map((id) => words.purposes.get(id)).filter((purpose) => purpose !== undefined);
};

/** With the words themselves, of which the hashes are, as far as they are on record. */
const withWords = (notice: ReceiptNotice, words: WordsShown): ReceiptNoticeInWords => {
  const texts = words.texts.get(notice.sha256);
  const statement = words.statements.get(notice.statement_sha256 ?? '');
  return {
    ...notice,
    ...(texts !== undefined && { texts }),
    ...(statement !== undefined && { statement }),
  };
};
