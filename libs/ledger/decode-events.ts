import { SHREDDED, splitStreamName, UnknownEventType } from '#domain/kernel/index';
import type { AnyEvent, JsonObject, Metadata, Recorded, Shredded } from '#domain/kernel/index';
import type { RecordedBytes } from '#libs/event-log/port';
import { decryptUnder, PersonalDataDamaged, type DataKey, type Keyring } from '#libs/keyring/index';
import { readMetadata } from './metadata.ts';
import { personalPlace } from './personal-place.ts';
import type { StreamFormat } from './port.ts';
import { subjectOf, Subjects } from './subjects.ts';

export type FormatOf = (category: string) => StreamFormat<AnyEvent>;

/** A stored event that cannot be read. Names the event, never what it holds. */
export class StoredEventUnreadable extends Error {
  readonly code = 'stored-event-unreadable';

  constructor(recorded: RecordedBytes, cause: unknown) {
    const reason =
      cause instanceof PersonalDataDamaged ? cause.message : 'Its form is not the stored one.';
    super(
      `Event ${recorded.revision} of stream ${recorded.stream} (${recorded.type}) cannot be read. ${reason}`,
      // The text of a parser quotes what it could not parse.
      cause instanceof SyntaxError ? undefined : { cause },
    );
    this.name = 'StoredEventUnreadable';
  }
}

type Draft = Readonly<{
  bytes: RecordedBytes;
  format: StreamFormat<AnyEvent>;
  metadata: Metadata;
  /** Place of the subject in the batch; -1 when no key is needed. */
  subject: number;
}>;

/** `ProfileChanged.v2` is a stored form of `ProfileChanged`. */
export const typeOf = (storedType: string): string =>
  storedType.slice(0, storedType.lastIndexOf('.v'));

/**
 * Bytes of the log as typed events; the keys of the whole batch are looked up at once. Personal parts of
 * types outside `opens`, if given, stay closed.
 */
export const decodeEvents = async (
  keyring: Pick<Keyring, 'find'>,
  formatOf: FormatOf,
  recorded: readonly RecordedBytes[],
  opens?: ReadonlySet<string>,
): Promise<readonly Recorded<AnyEvent>[]> => {
  const subjects = new Subjects();
  const isOpened = ({ personal, type }: RecordedBytes): boolean =>
    personal !== undefined && (opens === undefined || opens.has(typeOf(type)));
  const drafts = recorded.map((bytes) =>
    draft(bytes, formatOf, isOpened(bytes) ? subjects : undefined),
  );
  const keys = subjects.list.length === 0 ? [] : await keyring.find(subjects.list);
  return drafts.map((each) => decoded(each, keys[each.subject]));
};

const draft = (bytes: RecordedBytes, formatOf: FormatOf, subjects: Subjects | undefined): Draft => {
  const { category, key } = splitStreamName(bytes.stream);
  const format = formatOf(category);
  const metadata = reading(bytes, () => readMetadata(bytes.metadata));
  if (subjects === undefined) return { bytes, format, metadata, subject: -1 };
  const subject = subjects.add(metadata.accountId, subjectOf(format, key));
  return { bytes, format, metadata, subject };
};

const decoded = (each: Draft, key: DataKey | undefined): Recorded<AnyEvent> => {
  const { bytes, format, metadata } = each;
  const { id, stream, revision, position } = bytes;
  const event = reading(bytes, () =>
    format.codec.decode(bytes.type, JSON.parse(bytes.data) as JsonObject, personalOf(bytes, key)),
  );
  return { event, id, stream, revision, position, metadata };
};

const personalOf = (
  { personal, stream, id }: RecordedBytes,
  key: DataKey | undefined,
): JsonObject | Shredded | undefined => {
  if (personal === undefined) return undefined;
  if (key === undefined) return SHREDDED;
  const plain = decryptUnder(key, personal, personalPlace(stream, id));
  return plain === undefined ? SHREDDED : (JSON.parse(plain.toString()) as JsonObject);
};

const reading = <T>(bytes: RecordedBytes, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnknownEventType) throw error;
    throw new StoredEventUnreadable(bytes, error);
  }
};
