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
import {
  handleMany,
  type CommandRequest,
  type ManyOutcome,
  type StateCache,
} from '#libs/commands/index';
import type { CommandBus } from '@nestjs/cqrs';
import { idFrom, newId, type CommandContext, type Ledger } from '#libs/ledger/index';
import { CarryOut } from './commands/carry-out.ts';
import type { Caller } from './http/caller.ts';
import type { GroupedCommands } from './grouped-commands.ts';
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

/** Milliseconds for which a state is not asked for again. */
const FRESH = 250;
const CAPACITY = 10_000;
/** Categories whose states are kept by `recent`, so that a write of this process has to be seen at once. */
const SHARED = new Set([
  'account',
  'apikey',
  'fields',
  'list',
  'wording',
  'newsletter',
  'form',
  'import',
]);

type Parts = Readonly<{
  ledger: Ledger;
  bus: CommandBus;
  cache: StateCache;
  clock: () => number;
}>;

/** Reads and writes streams on behalf of a caller. */
export class Streams {
  readonly ledger: Ledger;
  readonly #bus: CommandBus;
  readonly #cache: StateCache;
  readonly #clock: () => number;
  readonly #recent = new Map<string, Readonly<{ state: unknown; at: number }>>();
  /** Counts writes to what `recent` keeps. */
  #writes = 0;

  constructor({ ledger, bus, cache, clock }: Parts) {
    this.ledger = ledger;
    this.#bus = bus;
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
    const done = await this.#bus.execute(
      new CarryOut({
        definition,
        key,
        command,
        context: this.context(caller, options),
        ...(ifRevision !== undefined && { ifRevision }),
      }),
    );
    this.#forget(definition.category, key);
    if (!done.ok) throw refused(done.error);
    const { state, revision, position, events, repeated } = done.value;
    return { state, revision, events, repeated, facts: { revision, position } };
  }

  /** The same, together with other commands to streams of the kind that come at the same time. */
  async runGrouped<C, S, E extends AnyEvent, R extends Refusal>(
    group: GroupedCommands<C, S, E, R>,
    request: Pick<CommandRequest<C, S, E, R>, 'definition' | 'key' | 'command'>,
    caller: Caller,
    options: RunOptions = {},
  ): Promise<Done<S, E> & Readonly<{ created: boolean }>> {
    const { ifRevision } = caller;
    const outcome = await group.run({
      ...request,
      context: this.context(caller, options),
      ...(ifRevision !== undefined && { ifRevision }),
    });
    if (!outcome.ok) throw refused(outcome.error);
    const { state, revision, position, events, repeated, created } = outcome.value;
    return { state, revision, events, repeated, created, facts: { revision, position } };
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

  /**
   * The state of a stream that is needed all the time. What this process wrote it sees at once, what
   * another one wrote within a quarter of a second: a revoked key is soon without force everywhere.
   */
  async recent<C, S, E extends AnyEvent, R extends Refusal>(
    definition: StreamDefinition<C, S, E, R>,
    key: string,
  ): Promise<S> {
    const name = `${definition.category}-${key}`;
    const kept = this.#recent.get(name);
    // What stands under a stream's name was folded by that stream's own definition.
    if (kept !== undefined && this.#clock() - kept.at < FRESH) return kept.state as S;
    const at = this.#clock();
    const writes = this.#writes;
    const { state, revision } = await this.#cache.get(definition, key);
    // Absence is not kept, so that what is made is there at once; nor what was read before a write.
    if (revision >= 0 && writes === this.#writes) this.#keep(name, { state, at });
    return state;
  }

  #keep(name: string, recent: Readonly<{ state: unknown; at: number }>): void {
    if (this.#recent.size >= CAPACITY) this.#recent.clear();
    this.#recent.set(name, recent);
  }

  #forget(category: string, key: string): void {
    if (!SHARED.has(category)) return;
    this.#writes += 1;
    this.#recent.delete(`${category}-${key}`);
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
