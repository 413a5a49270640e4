import type { ServerDuplexStream } from '@grpc/grpc-js';
import type {
  BatchAppendReq,
  BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { CommitGroup } from './commit-group.ts';
import type { Fault, Faults } from './faults.ts';
import { entryBytes } from './journal.ts';
import {
  appendedMessage,
  badRequestMessage,
  conflictMessage,
  refusalMessage,
  tooLargeMessage,
  type WireCorrelation,
} from './messages.ts';
import type { Expected, NewRecord } from './record.ts';
import type { RecordStore } from './record-store.ts';
import { GARBAGE } from './garbage.ts';
import { brokenConnection, notLeader } from './wire-error.ts';

export type AppendCall = ServerDuplexStream<BatchAppendReq, BatchAppendResp | Buffer>;

/** The most that the events of one call may hold together. */
const MOST_BYTES = 1024 * 1024;

type Pending = {
  correlation: WireCorrelation | undefined;
  stream: string;
  expected: Expected;
  events: NewRecord[];
  bytes: number;
};

export type Appending = Readonly<{
  store: RecordStore;
  commits: CommitGroup;
  isJournalled: boolean;
  faults: Faults;
  /** Something new can be read. */
  revealed: () => void;
  isFrozen: () => boolean;
}>;

/** Answers the appends of one connection, in the order in which they arrive. */
export const answerAppends = (call: AppendCall, appending: Appending): void => {
  const pending = new Map<string, Pending>();
  let isBroken = false;
  call.on('data', (request: BatchAppendReq) => {
    // What a broken connection still held never arrived.
    if (isBroken || appending.isFrozen()) return;
    const key = request.getCorrelationId()?.getString() ?? '';
    const options = request.getOptions();
    if (options !== undefined) pending.set(key, pendingOf(request, options));
    const append = pending.get(key);
    if (append === undefined) return;
    for (const message of request.getProposedMessagesList()) addEvent(append, message);
    if (append.bytes > MOST_BYTES) {
      pending.delete(key);
      call.write(tooLargeMessage(append, MOST_BYTES));
      return;
    }
    if (!request.getIsFinal()) return;
    pending.delete(key);
    finish(call, append, appending);
  });
  call.on('end', () => call.end());
  call.on('error', () => {
    isBroken = true;
    call.end();
  });
};

const pendingOf = (request: BatchAppendReq, options: BatchAppendReq.Options): Pending => ({
  correlation: request.getCorrelationId(),
  stream: Buffer.from(options.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString(),
  expected: expectedOf(options),
  events: [],
  bytes: 0,
});

const expectedOf = (options: BatchAppendReq.Options): Expected => {
  if (options.hasNoStream()) return 'no-stream';
  if (options.hasAny()) return 'any';
  if (options.hasStreamExists()) return 'stream-exists';
  return Number(options.getStreamPosition());
};

const addEvent = (append: Pending, message: BatchAppendReq.ProposedMessage): void => {
  const about = message.getMetadataMap();
  const [data, metadata] = [message.getData_asU8(), message.getCustomMetadata_asU8()];
  append.bytes += data.length + metadata.length;
  append.events.push({
    id: message.getId()?.getString() ?? '',
    type: about.get('type') ?? '',
    contentType: about.get('content-type') ?? '',
    data,
    metadata,
  });
};

const finish = (call: AppendCall, append: Pending, appending: Appending): void => {
  const fault = appending.faults.take('append');
  if (fault !== undefined && isRefusedBy(fault, call, append, appending)) return;
  const fitting = ({ id, type }: NewRecord): boolean => id !== '' && type !== '';
  if (!append.stream || !append.events.every(fitting)) {
    call.write(badRequestMessage(append, 'An append lacks a stream, an id or a type.'));
    return;
  }
  commit(call, append, appending, fault);
};

/** True when the fault was the answer, and nothing is stored. */
const isRefusedBy = (
  fault: Fault,
  call: AppendCall,
  append: Pending,
  { store }: Appending,
): boolean => {
  switch (fault.kind) {
    case 'conflict': {
      const stream = store.stream(append.stream);
      call.write(conflictMessage(append, append.expected, stream && stream.length - 1));
      return true;
    }
    case 'refusal':
      call.write(refusalMessage(append, fault.refusal));
      return true;
    case 'drop-before-commit':
      call.emit('error', brokenConnection());
      return true;
    case 'not-leader':
      call.emit('error', notLeader(fault.host, fault.port));
      return true;
    default:
      return false;
  }
};

const commit = (
  call: AppendCall,
  append: Pending,
  appending: Appending,
  fault: Fault | undefined,
): void => {
  const { store, commits, isJournalled, faults, revealed } = appending;
  const before = store.written;
  const created = Date.now();
  const decision = store.decide(append);
  const written = store.written;
  const { stream, events } = append;
  const bytes =
    isJournalled && written > before ? entryBytes({ stream, created, events }) : undefined;
  commits.add(bytes, () => {
    store.reveal(written);
    if (written > before) revealed();
    if (fault?.kind === 'drop-after-commit') call.emit('error', brokenConnection());
    else if (fault?.kind === 'delay') faults.hold(() => call.write(answerTo(append, decision)));
    else call.write(fault?.kind === 'malformed' ? GARBAGE : answerTo(append, decision));
  });
};

const answerTo = (
  append: Pending,
  decision: ReturnType<RecordStore['decide']>,
): BatchAppendResp => {
  if (decision.kind === 'deleted') return refusalMessage(append, 'StreamDeleted');
  if (decision.kind === 'conflict')
    return conflictMessage(append, append.expected, decision.actual);
  return appendedMessage(append, decision.revision, decision.position);
};
