import { createHash } from 'node:crypto';
import type { AnyEvent, Instant, Metadata, Position, Recorded } from '#domain/kernel/index';
import { anAccount, now } from '#domain/testing/sample-ids';

/** A ledger in memory for specs of projections: positions rise with each event, whatever its stream. */
export type Recorder = Readonly<{
  record: (stream: string, event: AnyEvent, metadata?: Partial<Metadata>) => Recorded<AnyEvent>;
  all: () => readonly Recorded<AnyEvent>[];
}>;

export const positionOf = (n: number): Position => String(n).padStart(12, '0') as Position;

export const recorder = (): Recorder => {
  const events: Recorded<AnyEvent>[] = [];
  const revisions = new Map<string, number>();
  return {
    all: () => events,
    record: (stream, event, metadata = {}) => {
      const revision = (revisions.get(stream) ?? -1) + 1;
      revisions.set(stream, revision);
      const position = positionOf(events.length + 1);
      const { at = now } = event.data as { at?: Instant };
      const recorded: Recorded<AnyEvent> = {
        event,
        id: createHash('sha256').update(position).digest('hex').slice(0, 32),
        stream,
        revision,
        position,
        metadata: {
          accountId: anAccount,
          actor: { kind: 'system' },
          channel: 'api',
          occurredAt: at,
          recordedAt: now,
          correlationId: 'c',
          causationId: position,
          ...metadata,
        },
      };
      events.push(recorded);
      return recorded;
    },
  };
};
