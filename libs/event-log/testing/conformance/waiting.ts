import { describe, expect, it } from '@jest/globals';
import { sampleEvents } from '../sample-events.ts';
import type { LogAtHand } from './log-at-hand.ts';

/** What ends the wait for an append. */
export const describeWaiting = (at: LogAtHand): void => {
  describe('waiting for an append', () => {
    const never = new AbortController().signal;

    it('is over at once when there is something already', async () => {
      const { position } = await at.append('list-a', 'no-stream', sampleEvents(1));
      expect(await at.log.waitForAppend(undefined, never)).toBe(true);
      await at.append('list-a', 0, sampleEvents(1));
      expect(await at.log.waitForAppend(position, never)).toBe(true);
    });

    it('ends with an append of this instance, and then everything can be read', async () => {
      const { position } = await at.append('list-a', 'no-stream', sampleEvents(1));
      const waiting = at.log.waitForAppend(position, never);
      await at.append('list-b', 'no-stream', sampleEvents(1));
      expect(await waiting).toBe(true);
      expect(await at.log.readAll({ after: position, limit: 9 })).toHaveLength(1);
    });

    it('ends with an append of another instance', async () => {
      const other = await at.open();
      const waiting = at.log.waitForAppend(undefined, never);
      await other.append({ stream: 'list-a', expected: 'no-stream', events: sampleEvents(1) });
      expect(await waiting).toBe(true);
      expect(await at.log.readStream('list-a')).toHaveLength(1);
    });

    it('stops on abort, before and during', async () => {
      expect(await at.log.waitForAppend(undefined, AbortSignal.abort())).toBe(false);
      const controller = new AbortController();
      const waiting = at.log.waitForAppend(undefined, controller.signal);
      controller.abort();
      expect(await waiting).toBe(false);
    });
  });
};
