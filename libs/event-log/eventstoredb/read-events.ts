import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { PersonalReading, RecordedBytes } from '../port.ts';
import type { ReadCall } from './connection.ts';
import { textOfBytes, withoutPersonal } from './event-bytes.ts';
import { positionOf } from './position.ts';
import type { StreamNames } from './stream-names.ts';

export type WireEvent = ReadResp.ReadEvent.RecordedEvent;

/** The events of a bounded read. Rejects with the call's own error; what came before it is dropped. */
export const eventsOf = async (call: ReadCall): Promise<WireEvent[]> => {
  const { promise, resolve, reject } = Promise.withResolvers<WireEvent[]>();
  const events: WireEvent[] = [];
  call.on('data', (answer: ReadResp) => {
    const event = answer.getEvent()?.getEvent();
    if (event !== undefined) events.push(event);
  });
  call.on('error', reject);
  call.on('end', () => resolve(events));
  return promise;
};

/** Where an event stands in the total order. Throws `RangeError` where the server does not say. */
export const positionOfEvent = (event: WireEvent) =>
  positionOf({ commit: event.getCommitPosition(), prepare: event.getPreparePosition() });

/**
 * Undefined for an event of a stream that is not of this ledger. Throws `RangeError` on one without a
 * position.
 */
export const recordedBytes = (
  event: WireEvent,
  names: StreamNames,
  { personalOf }: PersonalReading,
): RecordedBytes | undefined => {
  const stream = names.fromServer(
    textOfBytes(event.getStreamIdentifier()?.getStreamName_asU8() ?? new Uint8Array()),
  );
  if (stream === undefined) return undefined;
  const type = event.getMetadataMap().get('type') ?? '';
  const isAskedFor = personalOf === undefined || personalOf.has(type);
  return {
    id: event.getId()?.getString() ?? '',
    type,
    data: textOfBytes(event.getData_asU8()),
    ...withoutPersonal(textOfBytes(event.getCustomMetadata_asU8()), isAskedFor),
    stream,
    revision: Number(event.getStreamRevision()),
    position: positionOfEvent(event),
  };
};
