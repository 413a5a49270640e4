import { EventStoreDBClient } from '@eventstore/db-client';
import { ServerFeaturesClient } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { CallOptions, Channel, Client, ClientDuplexStream, Metadata } from '@grpc/grpc-js';
import type { ClientReadableStream } from '@grpc/grpc-js';
import type {
  BatchAppendReq,
  BatchAppendResp,
  ReadReq,
  ReadResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import { unreachable } from './failure.ts';
import { inTime } from './patience.ts';
import { notUnderstood, serverAddress } from './server-address.ts';

/**
 * The doors through which the client's own commands go to their connection. Its types keep them to its
 * subclasses, and its commands can neither keep bytes as they are nor tell one append's failure from
 * another's, so we go through the doors ourselves.
 */
type Doors = Readonly<{
  execute: <C extends Client, T>(
    client: new (...parameters: never[]) => C,
    name: string,
    action: (client: C) => Promise<T>,
  ) => Promise<T>;
  callArguments: (
    options: Readonly<{ requiresLeader?: boolean; deadline?: number }>,
    also?: CallOptions,
  ) => [Metadata, CallOptions];
  handleError: (client: Client, error: unknown) => Promise<void>;
  getChannel: () => Promise<Channel>;
}>;

export type ReadCall = ClientReadableStream<ReadResp>;
export type AppendCall = ClientDuplexStream<BatchAppendReq, BatchAppendResp>;

/** Milliseconds. */
const LONGEST_CLOSE = 1_000;

/** Connects nothing yet. */
const clientOf = (url: string): EventStoreDBClient => {
  try {
    return EventStoreDBClient.connectionString(url.trim());
  } catch (cause) {
    throw notUnderstood('Check it, and the files that it names.', cause);
  }
};

/** Reaches no server. Throws `EventLogUnavailable` on a URL that is not understood. */
export const checkEventStoreDbUrl = (url: string): void => {
  serverAddress(url);
  clientOf(url);
};

/** One connection to a server or a cluster. The client finds the node and turns to another when it must. */
export class Connection {
  /** May be shown: it holds no password. */
  readonly server: string;
  readonly #client: EventStoreDBClient;
  readonly #doors: Doors;
  readonly #calls = new Set<ReadCall | AppendCall>();

  /** Connects nothing yet. Throws `EventLogUnavailable` on a URL that is not understood. */
  constructor(url: string) {
    this.server = serverAddress(url);
    this.#client = clientOf(url);
    this.#doors = this.#client as unknown as Doors;
  }

  /** The server's version; rejects in time when there is no answer. */
  async version(milliseconds: number): Promise<string> {
    const [metadata, options] = this.#doors.callArguments({ deadline: milliseconds });
    const asked = this.#doors.execute(
      ServerFeaturesClient,
      'getSupportedMethods',
      (client) =>
        new Promise<string>((resolve, reject) => {
          client.getSupportedMethods(new shared.Empty(), metadata, options, (error, methods) => {
            if (error) reject(error);
            else resolve(methods.getEventStoreServerVersion());
          });
        }),
    );
    return inTime(asked, milliseconds, () => this.#late());
  }

  /** Without a deadline a call lasts until it is cancelled. */
  async read(request: ReadReq, deadline: number, connectIn: number): Promise<ReadCall> {
    const client = await this.#streams(connectIn);
    const call = client.read(request, ...this.#arguments(deadline));
    this.#follow(client, call);
    return call;
  }

  async batchAppend(connectIn: number): Promise<AppendCall> {
    const client = await this.#streams(connectIn);
    const call = client.batchAppend(...this.#arguments(Infinity));
    this.#follow(client, call);
    return call;
  }

  async close(): Promise<void> {
    for (const call of this.#calls) call.cancel();
    await this.#client.dispose();
    // Where there is no connection at the moment, the client would look for one first.
    const found = inTime(this.#doors.getChannel(), LONGEST_CLOSE, () => this.#late());
    (await found.catch(() => undefined))?.close();
  }

  /** Another node of a cluster may be behind the leader, and would not show what was just appended. */
  #arguments(deadline: number): [Metadata, CallOptions] {
    const requiresLeader = true;
    return deadline === Infinity
      ? this.#doors.callArguments({ requiresLeader }, { deadline: Infinity })
      : this.#doors.callArguments({ requiresLeader, deadline });
  }

  /** Finding the node of a cluster takes a while, and may never end. */
  async #streams(milliseconds: number): Promise<StreamsClient> {
    const found = this.#doors.execute(StreamsClient, 'streams', (client) =>
      Promise.resolve(client),
    );
    return inTime(found, milliseconds, () => this.#late());
  }

  /** After some errors the client has to find the node anew. What we cancelled ourselves is none. */
  #follow(client: StreamsClient, call: ReadCall | AppendCall): void {
    let isCancelled = false;
    const cancel = call.cancel.bind(call);
    call.cancel = () => {
      isCancelled = true;
      cancel();
    };
    this.#calls.add(call);
    // What ends every call, well or not.
    call.once('status', () => this.#calls.delete(call));
    call.on('error', (error) => {
      if (isCancelled) return;
      // It looks for a better node. If it cannot, the next call says so by itself.
      this.#doors.handleError(client, error).catch(() => undefined);
    });
  }

  #late(): Error {
    return unreachable(this.server, new Error('no answer in time'));
  }
}
