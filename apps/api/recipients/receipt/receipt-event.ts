import { BASIS_RULES, EXPRESS_RULE, type ImpliedBasis } from '#domain/consent/index';
import type { AccountId, RecipientId, Recorded } from '#domain/kernel/index';
import type { RecipientEvent, RecordEntry, RecordName } from '#domain/recipient/index';
import type { ReceiptEvent } from './receipt-document.ts';
import { receiptEvidence, receiptNotice } from './receipt-evidence.ts';

/** Whose history it is that a receipt tells. */
export type Told = Readonly<{
  accountId: AccountId;
  id: RecipientId;
  history: readonly Recorded<RecipientEvent>[];
}>;

/** One entry of a record as a receipt has it. */
export const receiptEvent = (
  { accountId, id, history }: Told,
  record: RecordName,
  entry: RecordEntry,
): ReceiptEvent => {
  const recorded = history[entry.revision];
  if (recorded === undefined) throw new Error('An entry without its event.');
  const { metadata } = recorded;
  const notice = receiptNotice(metadata);
  const about = (entry.about ?? []).flatMap((revision) => history[revision]?.id ?? []);
  return {
    event_id: recorded.id,
    event_time: metadata.occurredAt,
    recorded_at: metadata.recordedAt,
    entity_id: metadata.actor.kind === 'recipient' ? id : accountId,
    entity_kind: metadata.actor.kind,
    channel: metadata.channel,
    event_type: entry.type,
    event_state: entry.state,
    ...basisOf(record, entry),
    ...statedIn(entry),
    validity_duration: validityOf(entry),
    ...(about.length > 0 && { about_events: about }),
    ...(notice !== undefined && { privacy_notice: notice }),
    ...receiptEvidence(recorded),
  };
};

/** What an entry says of itself, where it does. */
const statedIn = ({
  standing,
  mode,
  date,
  listIds,
  code,
}: RecordEntry): Pick<
  ReceiptEvent,
  'state_now' | 'tracking_mode' | 'dated' | 'list_ids' | 'code'
> => ({
  ...(standing !== undefined && { state_now: standing }),
  ...(mode !== undefined && { tracking_mode: mode }),
  ...(date !== undefined && { dated: date }),
  ...(listIds !== undefined && { list_ids: listIds }),
  ...(code !== undefined && { code }),
});

/** The section of CASL that gives a permission to send; other records rest on other laws. */
const basisOf = (
  record: RecordName,
  { type, basis }: RecordEntry,
): Pick<ReceiptEvent, 'basis' | 'legal_source'> => {
  const based = basis === undefined ? {} : { basis };
  if (record !== 'permission-to-send') return based;
  if (type === 'express') return { ...based, legal_source: EXPRESS_RULE.section };
  return basis !== undefined && basis in BASIS_RULES
    ? { ...based, legal_source: BASIS_RULES[basis as ImpliedBasis].section }
    : based;
};

const validityOf = ({ firstDay, lastDay }: RecordEntry): ReceiptEvent['validity_duration'] => ({
  ends: lastDay !== undefined,
  ...(firstDay !== undefined && { first_day: firstDay }),
  ...(lastDay !== undefined && { last_day: lastDay }),
});
