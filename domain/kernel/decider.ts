import type { Result } from './result.ts';

/**
 * The decisions of one stream as pure functions.
 *
 * `decide` takes clock and ids from the command. An empty list of events means "already so": a success
 * that changes nothing, which makes a re-issued command harmless. `evolve` must accept any event in any
 * state.
 */
export type Decider<C, S, E, R> = Readonly<{
  initialState: S;
  evolve: (state: S, event: E) => S;
  decide: (command: C, state: S) => Result<readonly E[], R>;
}>;

/** Folds a history into the state that follows from it. */
export const fold = <S, E>(
  decider: { readonly initialState: S; readonly evolve: (state: S, event: E) => S },
  events: Iterable<E>,
): S => {
  let state = decider.initialState;
  for (const event of events) state = decider.evolve(state, event);
  return state;
};
