import {
  instantOf,
  type AccountId,
  type AnyEvent,
  type Brand,
  type Evidence,
  type IdType,
  type Position,
  type Recorded,
  type Refusal,
  type StreamDefinition,
  type WordingShown,
  fold,
} from '#domain/kernel/index';
import { handle, handleMany, type ManyOutcome, type StateCache } from '#libs/commands/index';
import { idFrom, newId, type CommandContext, type Ledger } from '#libs/ledger/index';
import type { Caller } from './http/caller.ts';
import { refused } from './http/problem.ts';

/** What becomes `ETag` and `X-Position`. */
type Facts = Readonly<{ revision: number; position: Position | undefined }>;

/** A stream as it stands. */
export type Folded<S> = Readonly<{
  key: string;
  state: S;
  revision: number;
  /** The account that the first event belongs to; undefined for a stream without events. */
  accountId: AccountId | undefined;
  facts: Facts;
}>;

export type Done<S, E = AnyEvent> = Readonly<{
  state: S;
  revision: number;
  events: readonly E[];
  repeated: boolean;
  facts: Facts;
}>;

export type RunOptions = Readonly<{
  /** Whose stream it is, where that is not the caller's own account (the operator's calls). */
  accountId?: AccountId;
  evidence?: Evidence;
  wording?: WordingShown;
  /** Tells several commands of one request apart. */
  commandId?: string;
}>;

type Parts = Readonly<{ ledger: Ledger; cache: StateCache; clock: () => number }>;

/** Reads and writes streams on behalf of a caller. */
export class Streams {
  readonly ledger: Ledger;
  readonly #cache: StateCache;
  readonly #clock: () => number;

  constructor({ ledger, cache, clock }: Parts) {
    this.ledger = ledger;
    this.#cache = cache;
    this.#clock = clock;
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#clock();
  }

  /** An id for something that the request makes: the same one when the request is repeated. */
  newId<B extends string>(type: IdType<B>, caller: Caller): Brand<string, B> {
    return caller.repeatable ? idFrom(type, caller.commandId) : newId(type, this.now());
  }

  /** Carries out one command. Throws the refusal as a problem. */
  async run<C, S, E extends AnyEvent, R extends Refusal>(
    definition: StreamDefinition<C, S, E, R>,
    key: string,
    command: C,
    caller: Caller,
    options: RunOptions = {},
  ): Promise<Done<S, E>> {
    const { ifRevision } = caller;
    const done = await handle(this.ledger, {
      definition,
      key,
      command,
      context: this.context(caller, options),
      ...(ifRevision !== undefined && { ifRevision }),
    });
    if (!done.ok) throw refused(done.error);
    const { state, revision, position, events, repeated } = done.value;
    return { state, revision, events, repeated, facts: { revision, position } };
  }

  /** Carries out many commands on streams of one kind, each with its own outcome. */
  async runMany<C, S, E extends AnyEvent, R extends Refusal>(
    definition: StreamDefinition<C, S, E, R>,
    commands: readonly Readonly<{ key: string; command: C; context: CommandContext }>[],
  ): Promise<readonly ManyOutcome<S, E, R>[]> {
    return handleMany(
      this.ledger,
      commands.map((each) => ({ definition, ...each })),
    );
  }

  /** The stream as the ledger has it at this moment. */
  async read<C, S, E extends AnyEvent, R>(
    definition: StreamDefinition<C, S, E, R>,
    key: string,
  ): Promise<Folded<S>> {
    return folded(definition, key, await this.ledger.read(definition, key));
  }

  async readMany<C, S, E extends AnyEvent, R>(
    definition: StreamDefinition<C, S, E, R>,
    keys: readonly string[],
  ): Promise<readonly Folded<S>[]> {
    const histories = await this.ledger.readMany(definition, keys);
    return keys.map((key, index) => folded(definition, key, histories[index] ?? []));
  }

  /** The state of a stream that is needed all the time: as fresh as `read`, and cheaper. */
  async recent<C, S, E extends AnyEvent, R extends Refusal>(
    definition: StreamDefinition<C, S, E, R>,
    key: string,
  ): Promise<S> {
    return (await this.#cache.get(definition, key)).state;
  }

  context(caller: Caller, options: RunOptions = {}): CommandContext {
    const { evidence, wording } = options;
    return {
      accountId: options.accountId ?? caller.accountId,
      actor: caller.actor,
      channel: 'api',
      commandId: options.commandId ?? caller.commandId,
      correlationId: caller.correlationId,
      now: instantOf(this.now()),
      ...(evidence !== undefined && { evidence }),
      ...(wording !== undefined && { wording }),
    };
  }
}

/** A history as the state that follows from it. */
export const folded = <C, S, E extends AnyEvent, R>(
  definition: StreamDefinition<C, S, E, R>,
  key: string,
  history: readonly Recorded<E>[],
): Folded<S> => {
  const last = history.at(-1);
  const revision = last?.revision ?? -1;
  return {
    key,
    state: fold(
      definition,
      history.map(({ event }) => event),
    ),
    revision,
    accountId: history[0]?.metadata.accountId,
    facts: { revision, position: last?.position },
  };
};
