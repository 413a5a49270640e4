import {
  splitStreamName,
  type AnyEvent,
  type JsonValue,
  type Recorded,
} from '#domain/kernel/index';
import type { Projection } from '#libs/read-store/projection';

/** A delivery's stream is named by what is sent and to whom: `<newsletter or form>.<recipient>[.<revision>]`. */
const recipientOf = (stream: string): string => {
  const { category, key } = splitStreamName(stream);
  return category === 'recipient' ? key : (key.split('.')[1] ?? key);
};

const present = (fields: Readonly<Record<string, unknown>>): Record<string, JsonValue> => {
  const set: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) set[name] = value as JsonValue;
  }
  return set;
};

const entryOf = (recorded: Recorded<AnyEvent>): Record<string, JsonValue> => {
  const { event, metadata } = recorded;
  return present({
    accountId: metadata.accountId,
    recipientId: recipientOf(recorded.stream),
    position: recorded.position,
    stream: recorded.stream,
    revision: recorded.revision,
    eventId: recorded.id,
    type: event.type,
    occurredAt: metadata.occurredAt,
    recordedAt: metadata.recordedAt,
    actor: metadata.actor,
    channel: metadata.channel,
    data: event.data,
    evidence: metadata.evidence,
    wordingId: metadata.wording?.wordingId,
    wordingVersion: metadata.wording?.version,
    wordingLanguage: metadata.wording?.language,
    statementHash: metadata.wording?.statementHash,
  });
};

/**
 * Everything that happened to a recipient, what was sent to them included, in the order it was recorded.
 * Clear data only: personal parts stay in the ledger, under the person's key.
 */
export const timeline: Projection = {
  name: 'timeline',
  version: 2,
  indexes: [['recipientId', 'id', 'recordedAt']],
  categories: ['recipient', 'delivery'],
  project: (recorded) => [{ op: 'upsert', id: recorded.position, set: entryOf(recorded) }],
};
