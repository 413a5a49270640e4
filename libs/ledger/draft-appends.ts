import type { AccountId } from '#domain/kernel/index';
import type { ExpectedRevision } from '#libs/event-log/port';
import { canonicalJson } from './canonical-json.ts';
import { metadataText } from './metadata.ts';
import type { LedgerAppend } from './port.ts';
import { subjectOf } from './subjects.ts';

/** `data` and `personal` are canonical JSON; `personal` is still to be encrypted. */
export type DraftEvent = Readonly<{ type: string; data: string; personal: string | undefined }>;

/** An append as text: what is missing are ids and salts of its events, and the subject's key. */
export type DraftAppend = Readonly<{
  stream: string;
  expected: ExpectedRevision;
  commandId: string;
  accountId: AccountId;
  /** Whose key protects the personal parts; undefined when there are none. */
  subject: string | undefined;
  /** What the metadata of all events has in common: see `metadataText`. */
  metadata: string;
  events: readonly DraftEvent[];
}>;

/** Typed events as text. Throws when a stream that is nobody's holds something personal. */
export const draftAppend = ({
  format,
  key,
  expected,
  events,
  context,
}: LedgerAppend): DraftAppend => {
  const drafts = events.map((event): DraftEvent => {
    const { type, data, personal } = format.codec.encode(event);
    return {
      type,
      data: canonicalJson(data),
      personal: personal === undefined ? undefined : canonicalJson(personal),
    };
  });
  const isPersonal = drafts.some(({ personal }) => personal !== undefined);
  return {
    stream: `${format.category}-${key}`,
    expected,
    commandId: context.commandId,
    accountId: context.accountId,
    subject: isPersonal ? subjectOf(format, key) : undefined,
    metadata: metadataText(context),
    events: drafts,
  };
};
