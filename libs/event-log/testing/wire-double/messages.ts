import shared from '@eventstore/db-client/generated/shared_pb.js';
import statuses from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import anything from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import { GARBAGE } from './garbage.ts';
import type { StoredRecord } from './record.ts';

const { ReadResp, BatchAppendResp } = streams;

export type WireCorrelation = InstanceType<typeof shared.UUID>;
type Expectation = Readonly<{ correlation: WireCorrelation | undefined; stream: string }>;

const identifier = (stream: string) =>
  new shared.StreamIdentifier().setStreamName(new TextEncoder().encode(stream));

/** What the server answers for one event, whoever reads it. */
export const eventMessage = (record: StoredRecord, data: Uint8Array, metadata: Uint8Array) => {
  const { ReadEvent } = ReadResp;
  const position = String(record.position);
  const event = new ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(record.id))
    .setStreamIdentifier(identifier(record.stream))
    .setStreamRevision(String(record.revision))
    .setCommitPosition(position)
    .setPreparePosition(position)
    .setCustomMetadata(metadata)
    .setData(data);
  event.getMetadataMap().set('type', record.type);
  event.getMetadataMap().set('content-type', record.contentType);
  // Ticks of .NET, from the year 1 on.
  event
    .getMetadataMap()
    .set('created', String(BigInt(record.created) * 10_000n + 621_355_968_000_000_000n));
  return new ReadResp().setEvent(new ReadEvent().setEvent(event).setCommitPosition(position));
};

export const confirmationMessage = (id: string) =>
  new ReadResp().setConfirmation(new ReadResp.SubscriptionConfirmation().setSubscriptionId(id));

export const caughtUpMessage = () => new ReadResp().setCaughtUp(new ReadResp.CaughtUp());

export const checkpointMessage = (commit: number, prepare: number) =>
  new ReadResp().setCheckpoint(
    new ReadResp.Checkpoint().setCommitPosition(String(commit)).setPreparePosition(String(prepare)),
  );

export const streamNotFoundMessage = (stream: string) =>
  new ReadResp().setStreamNotFound(
    new ReadResp.StreamNotFound().setStreamIdentifier(identifier(stream)),
  );

const answer = ({ correlation, stream }: Expectation) =>
  new BatchAppendResp().setCorrelationId(correlation).setStreamIdentifier(identifier(stream));

export const appendedMessage = (to: Expectation, revision: number, position: number) => {
  const at = new shared.AllStreamPosition()
    .setCommitPosition(String(position))
    .setPreparePosition(String(position));
  return answer(to).setSuccess(
    new BatchAppendResp.Success().setCurrentRevision(String(revision)).setPosition(at),
  );
};

/** Every refusal on the batch path says why by the type of its details, and by nothing else. */
const refusal = (to: Expectation, type: string, details: Uint8Array) => {
  const any = new anything.Any();
  any.pack(details, type);
  return answer(to).setError(new statuses.Status().setDetails(any));
};

export const conflictMessage = (
  to: Expectation,
  expected: number | 'no-stream' | 'any' | 'stream-exists',
  actual: number | undefined,
) => {
  const details = new shared.WrongExpectedVersion();
  if (actual === undefined) details.setCurrentNoStream(new empty.Empty());
  else details.setCurrentStreamRevision(String(actual));
  if (typeof expected === 'number') details.setExpectedStreamPosition(String(expected));
  else if (expected === 'no-stream') details.setExpectedNoStream(new empty.Empty());
  else if (expected === 'any') details.setExpectedAny(new empty.Empty());
  else details.setExpectedStreamExists(new empty.Empty());
  return refusal(to, 'event_store.client.WrongExpectedVersion', details.serializeBinary());
};

export type PlainRefusal =
  'AccessDenied' | 'Timeout' | 'Unknown' | 'StreamDeleted' | 'Busy' | 'Garbled';

/** The other way to write a UUID: two numbers with a sign. */
const structured = (correlation: WireCorrelation | undefined) => {
  const hex = (correlation?.getString() ?? '').replaceAll('-', '').padStart(32, '0');
  const bits = (from: number): string =>
    BigInt.asIntN(64, BigInt(`0x${hex.slice(from, from + 16)}`)).toString();
  return new shared.UUID().setStructured(
    new shared.UUID.Structured().setMostSignificantBits(bits(0)).setLeastSignificantBits(bits(16)),
  );
};

export const refusalMessage = (to: Expectation, kind: PlainRefusal) => {
  if (kind === 'StreamDeleted') {
    const details = new shared.StreamDeleted().setStreamIdentifier(identifier(to.stream));
    return refusal(to, `event_store.client.${kind}`, details.serializeBinary());
  }
  if (kind === 'Garbled') return refusal(to, 'event_store.client.WrongExpectedVersion', GARBAGE);
  // A server that is not ready, or busy, packs nothing at all.
  if (kind === 'Busy') return refusal(to, 'google.protobuf.Empty', new Uint8Array());
  // Whoever gives up on an append is another part of the server than who answers it.
  const { correlation, stream } = to;
  const by = kind === 'Timeout' ? { correlation: structured(correlation), stream } : to;
  return refusal(by, `event_store.client.${kind}`, new shared[kind]().serializeBinary());
};

export const tooLargeMessage = (to: Expectation, most: number) =>
  refusal(
    to,
    'event_store.client.MaximumAppendSizeExceeded',
    new shared.MaximumAppendSizeExceeded().setMaxappendsize(most).serializeBinary(),
  );

export const badRequestMessage = (to: Expectation, message: string) =>
  refusal(
    to,
    'event_store.client.BadRequest',
    new shared.BadRequest().setMessage(message).serializeBinary(),
  );
