import { expect } from '@jest/globals';
import { fold, type Decider } from '../decider.ts';
import { clearEquality } from './clear-equality.ts';

expect.addEqualityTesters([clearEquality]);

/**
 * Says in one line what a decider must do:
 * `specify(list).given(created).when(rename).then(renamed)`.
 */
export const specify = <C, S, E, R>(decider: Decider<C, S, E, R>) => ({
  given: (...past: readonly E[]) => ({
    when: (command: C) => {
      const decision = () => decider.decide(command, fold(decider, past));
      return {
        then: (...events: readonly E[]) => expect(decision()).toEqual({ ok: true, value: events }),
        /** It was so already: a success without events. */
        thenNothing: () => expect(decision()).toEqual({ ok: true, value: [] }),
        /** Refused for this reason; only the parts of the refusal that are named are compared. */
        thenRefused: (refusal: Partial<R>) =>
          expect(decision()).toMatchObject({ ok: false, error: refusal }),
      };
    },
  }),
});
