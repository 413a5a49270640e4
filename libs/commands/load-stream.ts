import {
  fold,
  type AnyEvent,
  type Decider,
  type Position,
  type Recorded,
} from '#domain/kernel/index';
import type { ExpectedRevision } from '#libs/event-log/port';

/** Where a stream stands: what follows from its events, and which the last one is. */
export type StreamState<S> = Readonly<{
  state: S;
  /** -1 for a stream without events. */
  revision: number;
  position: Position | undefined;
}>;

type Folding<S, E> = Pick<Decider<never, S, E, never>, 'initialState' | 'evolve'>;

/** The state of a stream that does not exist. */
export const stateBefore = <S>(decider: { readonly initialState: S }): StreamState<S> => ({
  state: decider.initialState,
  revision: -1,
  position: undefined,
});

/** Folds events that follow on a state. */
export const stateAfter = <S, E extends AnyEvent>(
  decider: Folding<S, E>,
  before: StreamState<S>,
  history: readonly Recorded<E>[],
): StreamState<S> => {
  const last = history.at(-1);
  if (last === undefined) return before;
  const events = history.map(({ event }) => event);
  const state = fold({ initialState: before.state, evolve: decider.evolve }, events);
  return { state, revision: last.revision, position: last.position };
};

/**
 * The state that a command left behind when it was carried out before; undefined when it was not. A
 * command is recognised by its id, the causation of its events.
 */
export const stateAfterCommand = <S, E extends AnyEvent>(
  decider: Folding<S, E>,
  history: readonly Recorded<E>[],
  commandId: string,
): StreamState<S> | undefined => {
  const last = history.findLastIndex(({ metadata }) => metadata.causationId === commandId);
  if (last === -1) return undefined;
  return stateAfter(decider, stateBefore(decider), history.slice(0, last + 1));
};

/** What an append expects that was decided on this state. */
export const expectedOf = ({ revision }: StreamState<unknown>): ExpectedRevision =>
  revision === -1 ? 'no-stream' : revision;
