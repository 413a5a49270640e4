import { ok, refuse } from '#domain/kernel/index';
import type { AnyEvent, Recorded, Refusal, Result } from '#domain/kernel/index';
import type { Ledger, LedgerAppend } from '#libs/ledger/port';
import { ATTEMPTS, done } from './handle.ts';
import { expectedOf, stateAfter, stateAfterCommand, stateBefore } from './load-stream.ts';
import type { StreamState } from './load-stream.ts';
import { STALE, type CommandDone, type CommandRequest } from './port.ts';

/** What became of one command of a batch; `created` when its stream had no events before it. */
export type ManyDone<S, E extends AnyEvent> = CommandDone<S, E> & Readonly<{ created: boolean }>;
export type ManyOutcome<S, E extends AnyEvent, R extends Refusal> = Result<
  ManyDone<S, E>,
  R | Refusal<'stale'>
>;

/** Commands of a batch that go to one stream, to be carried out in their order. */
type Queue<C, S, E extends AnyEvent, R extends Refusal> = {
  readonly waiting: { readonly index: number; readonly request: CommandRequest<C, S, E, R> }[];
  /** What was read of the stream: repeated commands are recognised by it. */
  history: readonly Recorded<E>[];
  current: StreamState<S>;
  /** Commands of this batch that were carried out, by their id: the batch may hold one twice. */
  readonly carriedOut: Map<string, ManyDone<S, E>>;
  /** Conflicts of the command in front. */
  conflicts: number;
};

/** The command in front of a queue, decided, with events to append. */
type Decided<C, S, E extends AnyEvent, R extends Refusal> = Readonly<{
  queue: Queue<C, S, E, R>;
  index: number;
  request: CommandRequest<C, S, E, R>;
  events: readonly E[];
}>;

/**
 * Carries out many commands on streams of one kind as `handle` would one by one in their order, but
 * reads all streams at once and appends once for all. Commands to the same stream follow each other, one
 * append each: an append never builds on one of the same batch that may fail. Only the command whose
 * stream was changed by somebody else is decided again. Outcomes are in the order of the requests.
 * Throws as `handle` does; then any part may have been done, and the same batch may be given again.
 */
export const handleMany = async <C, S, E extends AnyEvent, R extends Refusal>(
  ledger: Ledger,
  requests: readonly CommandRequest<C, S, E, R>[],
): Promise<readonly ManyOutcome<S, E, R>[]> => {
  const outcomes: ManyOutcome<S, E, R>[] = [];
  let queues = queuesOf(requests);
  await load(ledger, queues);
  while (queues.length > 0) {
    const round = queues.flatMap((queue) => advance(queue, outcomes) ?? []);
    const lost = await appendRound(ledger, round, outcomes);
    await load(ledger, lost);
    queues = queues.filter(({ waiting }) => waiting.length > 0);
  }
  return outcomes;
};

const queuesOf = <C, S, E extends AnyEvent, R extends Refusal>(
  requests: readonly CommandRequest<C, S, E, R>[],
): Queue<C, S, E, R>[] => {
  const queues = new Map<string, Queue<C, S, E, R>>();
  const category = requests[0]?.definition.category;
  requests.forEach((request, index) => {
    if (request.definition.category !== category) {
      throw new TypeError('A batch of commands goes to streams of one kind.');
    }
    const queue = queues.get(request.key);
    if (queue !== undefined) queue.waiting.push({ index, request });
    else {
      queues.set(request.key, {
        waiting: [{ index, request }],
        history: [],
        current: stateBefore(request.definition),
        carriedOut: new Map(),
        conflicts: 0,
      });
    }
  });
  return [...queues.values()];
};

/** Reads the streams of all queues at once. */
const load = async <C, S, E extends AnyEvent, R extends Refusal>(
  ledger: Ledger,
  queues: readonly Queue<C, S, E, R>[],
): Promise<void> => {
  const definition = queues[0]?.waiting[0]?.request.definition;
  if (definition === undefined) return;
  const keys = queues.map(({ waiting }) => waiting[0]?.request.key ?? '');
  const histories = await ledger.readMany(definition, keys);
  queues.forEach((queue, index) => {
    queue.history = histories[index] ?? [];
    queue.current = stateAfter(definition, stateBefore(definition), queue.history);
  });
};

/** Settles the commands in front that need no append; returns the first that does. */
const advance = <C, S, E extends AnyEvent, R extends Refusal>(
  queue: Queue<C, S, E, R>,
  outcomes: ManyOutcome<S, E, R>[],
): Decided<C, S, E, R> | undefined => {
  for (let front = queue.waiting[0]; front !== undefined; front = queue.waiting[0]) {
    const { index, request } = front;
    const decision = decide(queue, request);
    if (decision.ok && decision.value.events.length > 0 && !decision.value.repeated) {
      return { queue, index, request, events: decision.value.events };
    }
    outcomes[index] = decision;
    queue.waiting.shift();
  }
  return undefined;
};

const decide = <C, S, E extends AnyEvent, R extends Refusal>(
  { history, current, carriedOut }: Queue<C, S, E, R>,
  { definition, command, context, ifRevision }: CommandRequest<C, S, E, R>,
): ManyOutcome<S, E, R> => {
  const before = carriedOut.get(context.commandId);
  if (before !== undefined) return ok({ ...before, events: [], repeated: true });
  const earlier = stateAfterCommand(definition, history, context.commandId);
  if (earlier !== undefined) {
    const created = history[0]?.metadata.causationId === context.commandId;
    return ok({ ...earlier, events: [], repeated: true, created });
  }
  if (ifRevision !== undefined && ifRevision !== current.revision) return refuse(STALE);
  const decision = definition.decide(command, current.state);
  if (!decision.ok) return decision;
  return ok({ ...current, events: decision.value, repeated: false, created: false });
};

/** Appends the commands in front of all queues; returns the queues whose stream somebody else changed. */
const appendRound = async <C, S, E extends AnyEvent, R extends Refusal>(
  ledger: Ledger,
  round: readonly Decided<C, S, E, R>[],
  outcomes: ManyOutcome<S, E, R>[],
): Promise<readonly Queue<C, S, E, R>[]> => {
  const appended = await ledger.appendMany(round.map(appendOf));
  const lost: Queue<C, S, E, R>[] = [];
  round.forEach(({ queue, index, request, events }, place) => {
    const outcome = appended[place];
    if (outcome === undefined) throw new Error('An append has no outcome.');
    if (!outcome.ok) {
      queue.conflicts += 1;
      if (queue.conflicts === ATTEMPTS) throw outcome.error;
      lost.push(queue);
      return;
    }
    const created = queue.current.revision === -1;
    const result = { ...done(request, queue.current, events, outcome.value), created };
    outcomes[index] = ok(result);
    queue.carriedOut.set(request.context.commandId, result);
    queue.current = result;
    queue.conflicts = 0;
    queue.waiting.shift();
  });
  return lost;
};

const appendOf = <C, S, E extends AnyEvent, R extends Refusal>({
  queue,
  request,
  events,
}: Decided<C, S, E, R>): LedgerAppend<E> => ({
  format: request.definition,
  key: request.key,
  expected: expectedOf(queue.current),
  events,
  context: request.context,
});
