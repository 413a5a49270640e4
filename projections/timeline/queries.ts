import type {
  Actor,
  Channel,
  Evidence,
  Instant,
  JsonObject,
  Position,
  RecipientId,
} from '#domain/kernel/index';
import type { ReadModel } from '#libs/read-store/port';

export type TimelineEntry = Readonly<{
  id: Position;
  accountId: string;
  recipientId: RecipientId;
  position: Position;
  /** Where the event is in the ledger; its personal part is read from there. */
  stream: string;
  revision: number;
  eventId: string;
  type: string;
  occurredAt: Instant;
  recordedAt: Instant;
  actor: Actor;
  channel: Channel;
  data: JsonObject;
  evidence?: Evidence;
  wordingId?: string;
  wordingVersion?: number;
  wordingLanguage?: string;
  statementHash?: string;
}>;

export type TimelinePage = Readonly<{
  /** As the ledger knew it at that instant. */
  recordedBy?: Instant;
  after?: Position;
  limit: number;
  direction?: 'asc' | 'desc';
}>;

/** A recipient's history in the order it was recorded, oldest first unless asked otherwise. */
export const timelineOf = async (
  model: ReadModel,
  recipientId: RecipientId,
  { recordedBy, after, limit, direction = 'asc' }: TimelinePage,
): Promise<readonly TimelineEntry[]> => {
  const documents = await model.find({
    where: [
      { field: 'recipientId', op: 'eq', value: recipientId },
      ...(recordedBy === undefined
        ? []
        : [{ field: 'recordedAt', op: 'lte', value: recordedBy } as const]),
    ],
    sort: { field: 'id', direction },
    ...(after === undefined ? {} : { after: { value: after, id: after } }),
    limit,
  });
  return documents as unknown as readonly TimelineEntry[];
};
