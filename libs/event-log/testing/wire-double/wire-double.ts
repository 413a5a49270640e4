import { EventEmitter, once } from 'node:events';
import { promisify } from 'node:util';
import { Server, ServerCredentials, type Metadata } from '@grpc/grpc-js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { answerAppends, type AppendCall } from './appending.ts';
import { CommitGroup } from './commit-group.ts';
import { Faults } from './faults.ts';
import { openJournal } from './journal.ts';
import { answerRead } from './reading.ts';
import { RecordStore } from './record-store.ts';
import type { ReadCall } from './sending.ts';
import { Subscriptions } from './subscriptions.ts';
import { accessDenied, unauthenticated, unknownError, type WireError } from './wire-error.ts';

export type WireDoubleOptions = Readonly<{
  /** 0, the default, takes a free one. */
  port?: number;
  /** A file that keeps the events; without it they are forgotten with the process. */
  journal?: string;
  /** Whether the journal reaches the disk before an append is confirmed, as on the real server. */
  isFlushed?: boolean;
  version?: string;
  /** Whoever comes with another name or password is refused. Needs `tls`: the client sends none without. */
  credentials?: Readonly<{ username: string; password: string }>;
  tls?: Readonly<{ key: Buffer; certificate: Buffer }>;
  /** Who comes without a name may do nothing. */
  isClosedToAnonymous?: boolean;
}>;

/** What stands for EventStoreDB in tests: it speaks its protocol, and does wrong when asked to. */
export type WireDouble = Readonly<{
  port: number;
  faults: Faults;
  /** How many events a stream holds. */
  stored: (stream: string) => number;
  /** Resolves once so many more reads have come. */
  asked: (reads: number) => Promise<void>;
  /** Resolves once an answer is held back. */
  held: () => Promise<void>;
  /** Resolves once somebody subscribes who has caught up, at once if somebody has. */
  subscribed: () => Promise<void>;
  /** Live subscriptions at this moment. */
  subscriptions: () => number;
  /** Accepts everything and answers nothing, until `thaw()`. */
  freeze: () => void;
  thaw: () => void;
  /** Writes an event as somebody else would: a projection of the server, another program. */
  addForeign: (stream: string, type: string, data: string) => void;
  tombstone: (stream: string) => void;
  stop: () => Promise<void>;
}>;

const METHODS: readonly (readonly [string, readonly string[]])[] = [
  ['append', []],
  ['batchappend', ['deadline_duration']],
  ['delete', []],
  ['read', ['position', 'events']],
  ['tombstone', []],
];

const supportedMethods = (version: string) =>
  new features.SupportedMethods().setEventStoreServerVersion(version).setMethodsList(
    METHODS.map(([name, also]) =>
      new features.SupportedMethod()
        .setServiceName('event_store.client.streams.streams')
        .setMethodName(name)
        .setFeaturesList([...also]),
    ),
  );

/** Messages that were made before are sent as they are. */
const bytesOf = (message: { serializeBinary: () => Uint8Array } | Buffer): Buffer =>
  Buffer.isBuffer(message) ? message : Buffer.from(message.serializeBinary());

const refusalOf = (
  metadata: Metadata,
  { credentials, isClosedToAnonymous = credentials !== undefined }: WireDoubleOptions,
): WireError | undefined => {
  const [given] = metadata.get('authorization');
  if (given === undefined) return isClosedToAnonymous ? accessDenied() : undefined;
  if (credentials === undefined) return undefined;
  const { username, password } = credentials;
  const right = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  return given === right ? undefined : unauthenticated();
};

/** Starts one. Rejects when the port is taken or the journal cannot be read. */
export const startWireDouble = async (options: WireDoubleOptions = {}): Promise<WireDouble> => {
  const { port = 0, version = '23.10.6', isFlushed = false } = options;
  const journal =
    options.journal === undefined ? undefined : openJournal(options.journal, isFlushed);
  const store = new RecordStore();
  const addForeign = (stream: string, type: string, data: string): void => {
    const bytes = new TextEncoder().encode(data);
    const id = crypto.randomUUID();
    const contentType = 'application/json';
    store.write(stream, [{ id, type, contentType, data: bytes, metadata: new Uint8Array() }]);
    store.reveal(store.written);
  };
  // As the first thing that a new server writes: no ledger begins at position 0.
  addForeign('$$$stats-127.0.0.1:2113', '$metadata', '{"$maxAge":86400}');
  for (const { stream, events, created } of journal?.entries ?? []) {
    store.write(stream, events, created);
  }
  store.reveal(store.written);
  const faults = new Faults();
  const subscriptions = new Subscriptions(store, faults);
  const commits = new CommitGroup(journal);
  const reading = new EventEmitter();
  let readsSeen = 0;
  let isFrozen = false;
  let stopping: Promise<void> | undefined;
  const appending = {
    store,
    commits,
    isJournalled: journal !== undefined,
    faults,
    revealed: () => subscriptions.wake(),
    isFrozen: () => isFrozen,
  };

  const read = async (call: ReadCall): Promise<void> => {
    const refusal = refusalOf(call.metadata, options);
    if (refusal !== undefined) {
      call.emit('error', refusal);
      return;
    }
    readsSeen += 1;
    reading.emit('read');
    if (isFrozen) return;
    try {
      const isSubscription = call.request.getOptions()?.hasSubscription() === true;
      await (isSubscription ? subscriptions.serve(call) : answerRead(call, store, faults));
    } catch (error) {
      // What it cannot make sense of, the real server calls unknown.
      call.emit('error', unknownError(error instanceof Error ? error.message : String(error)));
    }
  };

  const stop = async (): Promise<void> => {
    server.forceShutdown();
    await commits.idle();
    journal?.close();
  };

  const server = new Server({ 'grpc.max_receive_message_length': 8 * 1024 * 1024 });
  server.addService(
    {
      read: { ...StreamsService.read, responseSerialize: bytesOf },
      batchAppend: { ...StreamsService.batchAppend, responseSerialize: bytesOf },
    },
    {
      read: (call: ReadCall) => void read(call),
      batchAppend: (call: AppendCall) => {
        const refusal = refusalOf(call.metadata, options);
        if (refusal === undefined) answerAppends(call, appending);
        else call.emit('error', refusal);
      },
    },
  );
  server.addService(ServerFeaturesService, {
    getSupportedMethods: (
      call: { metadata: Metadata },
      reply: (error: WireError | null, methods?: ReturnType<typeof supportedMethods>) => void,
    ) => {
      const refusal = refusalOf(call.metadata, { ...options, isClosedToAnonymous: false });
      if (refusal !== undefined) reply(refusal);
      else if (!isFrozen) reply(null, supportedMethods(version));
    },
  });
  const bound = await promisify(server.bindAsync.bind(server))(
    `127.0.0.1:${port}`,
    serverCredentials(options),
  );
  return {
    port: bound,
    faults,
    stored: (stream) => store.stream(stream)?.length ?? 0,
    asked: async (reads) => {
      const until = readsSeen + reads;
      while (readsSeen < until) await once(reading, 'read');
    },
    held: () => faults.holds(),
    subscribed: () => subscriptions.anyLive(),
    subscriptions: () => subscriptions.count,
    freeze: () => void (isFrozen = true),
    thaw: () => void (isFrozen = false),
    addForeign: (...event) => {
      addForeign(...event);
      subscriptions.wake();
    },
    tombstone: (stream) => store.tombstone(stream),
    stop: () => (stopping ??= stop()),
  };
};

const serverCredentials = ({ tls }: WireDoubleOptions): ServerCredentials =>
  tls === undefined
    ? ServerCredentials.createInsecure()
    : ServerCredentials.createSsl(null, [{ private_key: tls.key, cert_chain: tls.certificate }]);
