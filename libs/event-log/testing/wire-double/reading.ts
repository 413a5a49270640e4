import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { Fault, Faults } from './faults.ts';
import { streamNotFoundMessage } from './messages.ts';
import { filterOf } from './record-filter.ts';
import type { RecordStore } from './record-store.ts';
import { GARBAGE } from './garbage.ts';
import { send, type ReadCall } from './sending.ts';
import { brokenConnection, notLeader, streamDeleted, unknownError } from './wire-error.ts';

const { ReadReq: Request } = streams;
const BACKWARDS = Request.Options.ReadDirection.BACKWARDS;

/** Indices of the events that a read is about, one after the other, without making a list of them. */
type Indices = Iterable<number>;

/** Answers one bounded read, of a stream or of everything. */
export const answerRead = async (
  call: ReadCall,
  store: RecordStore,
  faults: Faults,
): Promise<void> => {
  const options = call.request.getOptions();
  const count = Number(options?.getCount() ?? 0);
  const fault = faults.take('read');
  if (options === undefined || count === 0) {
    call.emit('error', unknownError('Nothing is asked.'));
    return;
  }
  if (fault?.kind === 'not-leader') {
    call.emit('error', notLeader(fault.host, fault.port));
    return;
  }
  if (fault?.kind === 'delay') {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    faults.hold(() => resolve(undefined));
    await promise;
  }
  const indices = options.hasStream()
    ? streamIndices(call, options, store)
    : allIndices(options, store);
  if (indices === undefined) return;
  let sent = 0;
  for (const index of indices) {
    if (await brokenBy(fault, call, sent)) return;
    if (!(await send(call, store.message(index)))) return;
    sent += 1;
    if (sent === count) break;
  }
  if (!(await brokenBy(fault, call, sent))) call.end();
};

const brokenBy = async (
  fault: Fault | undefined,
  call: ReadCall,
  sent: number,
): Promise<boolean> => {
  if (fault?.kind === 'disconnect' && sent >= fault.after) {
    call.emit('error', brokenConnection());
    return true;
  }
  if (fault?.kind !== 'malformed') return false;
  await send(call, GARBAGE);
  call.end();
  return true;
};

/** Undefined when the answer was given: the stream is not there, or is there no more. */
const streamIndices = (
  call: ReadCall,
  options: ReadReq.Options,
  store: RecordStore,
): Indices | undefined => {
  const asked = options.getStream();
  const name = Buffer.from(asked?.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString();
  if (store.isDeleted(name)) {
    call.emit('error', streamDeleted(name));
    return undefined;
  }
  const found = store.stream(name);
  if (found === undefined) {
    call.write(streamNotFoundMessage(name));
    call.end();
    return undefined;
  }
  const isBackwards = options.getReadDirection() === BACKWARDS;
  const last = found.length - 1;
  const start = asked?.hasRevision() ? Number(asked.getRevision()) : asked?.hasEnd() ? last : 0;
  return isBackwards ? found.slice(0, start + 1).toReversed() : found.slice(start);
};

/** Inclusive forwards, exclusive backwards. Throws `RangeError` on a position where no event begins. */
function* allIndices(options: ReadReq.Options, store: RecordStore): Indices {
  const { matches } = filterOf(options);
  const isBackwards = options.getReadDirection() === BACKWARDS;
  const start = startOf(options, store);
  const step = isBackwards ? -1 : 1;
  for (let index = isBackwards ? start - 1 : start; ; index += step) {
    const record = store.record(index);
    if (record === undefined) return;
    if (matches(record)) yield index;
  }
}

/** Index of the event that a position names, or of the end. */
export const startOf = (options: ReadReq.Options, store: RecordStore): number => {
  const all = options.getAll();
  if (all === undefined || all.hasStart()) return 0;
  const position = all.getPosition();
  if (all.hasEnd() || position === undefined) return store.visible;
  const commit = Number(position.getCommitPosition());
  const index = store.indexAt(commit);
  if (commit > store.end || commit === 0) return index;
  if (store.record(index)?.position !== commit && commit !== store.end) {
    throw new RangeError('No event begins at this position.');
  }
  return index;
};
