import { describe, expect, it } from '@jest/globals';
import { sampleEvents } from '../sample-events.ts';
import type { LogAtHand } from './log-at-hand.ts';

/** What a log owes to those who used it. */
export const describeClosing = (at: LogAtHand): void => {
  describe('closing', () => {
    it('writes what was accepted and refuses what comes later', async () => {
      const appending = at.append('list-a', 'no-stream', sampleEvents(2));
      await at.log.close();
      expect((await appending).revision).toBe(1);
      await expect(at.append('list-a', 2, sampleEvents(1))).rejects.toMatchObject({
        code: 'closed',
      });
      await expect(at.log.readStream('list-a')).rejects.toMatchObject({ code: 'closed' });
      await at.log.close();
    });

    it('tells those who wait', async () => {
      const waiting = at.log.waitForAppend(undefined, new AbortController().signal);
      const told = expect(waiting).rejects.toMatchObject({ code: 'closed' });
      await at.log.close();
      await told;
    });

    it('loses nothing: the next instance reads the same and goes on', async () => {
      await at.append('list-a', 'no-stream', sampleEvents(2));
      const before = await at.log.readAll({ limit: 9 });
      await at.reopen();
      expect(await at.log.readAll({ limit: 9 })).toEqual(before);
      const { revision } = await at.append('list-a', 1, sampleEvents(1));
      expect(revision).toBe(2);
    });
  });
};
