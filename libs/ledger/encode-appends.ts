import type { AnyEvent, EncodedEvent } from '#domain/kernel/index';
import { uuidV5 } from '#libs/crypto/uuid-v5';
import type { StoredEvent, StreamAppend } from '#libs/event-log/port';
import { encryptUnder, type DataKey, type Keyring } from '#libs/keyring/index';
import { canonicalJson } from './canonical-json.ts';
import { metadataWriter } from './metadata.ts';
import { personalPlace } from './personal-place.ts';
import type { LedgerAppend, StreamFormat } from './port.ts';
import { Subjects } from './subjects.ts';

/** An append whose events are encoded, and whose personal parts still wait for their key. */
type Draft = Readonly<{
  append: LedgerAppend;
  encoded: readonly EncodedEvent[];
  /** Place of the subject in the batch; -1 when nothing in the append is personal. */
  subject: number;
}>;

/**
 * Typed events as the bytes that the log stores. All keys of the batch are asked for at once and exist
 * durably before the first event that needs one.
 */
export const encodeAppends = async (
  keyring: Keyring,
  appends: readonly LedgerAppend[],
): Promise<readonly StreamAppend[]> => {
  const subjects = new Subjects();
  const drafts = appends.map((append) => draft(append, subjects));
  const keys = await keyring.ensure(subjects.list);
  return drafts.map((each) => finish(each, keys[each.subject]));
};

const draft = (append: LedgerAppend, subjects: Subjects): Draft => {
  const { format, key, context } = append;
  const encoded = append.events.map((event) => format.codec.encode(event));
  if (!encoded.some(({ personal }) => personal !== undefined)) {
    return { append, encoded, subject: -1 };
  }
  return { append, encoded, subject: subjects.add(context.accountId, subjectOf(format, key)) };
};

/** Throws when a stream that is nobody's holds something personal: its definition is wrong. */
export const subjectOf = (format: StreamFormat<AnyEvent>, key: string): string => {
  if (format.subjectOf !== undefined) return format.subjectOf(key);
  throw new Error(`Streams of ${format.category} have no subject, so nothing in them is personal.`);
};

const finish = ({ append, encoded }: Draft, dataKey: DataKey | undefined): StreamAppend => {
  const { format, key, expected, context } = append;
  const stream = `${format.category}-${key}`;
  const metadata = metadataWriter(context);
  const events = encoded.map(({ type, data, personal }, index): StoredEvent => {
    const id = uuidV5(context.commandId, String(index));
    const event = { id, type, data: canonicalJson(data), metadata: metadata() };
    if (personal === undefined || dataKey === undefined) return event;
    const plain = Buffer.from(canonicalJson(personal));
    return { ...event, personal: encryptUnder(dataKey, plain, personalPlace(stream, id)) };
  });
  return { stream, expected, events };
};
