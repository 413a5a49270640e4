import { describe, expect, it } from '@jest/globals';
import { sampleEvents } from '../sample-events.ts';
import type { LogAtHand } from './log-at-hand.ts';

/** The names of a ledger and of its log. */
export const describeIdentity = (at: LogAtHand): void => {
  describe('identity', () => {
    const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

    it('is made once, is the same for all, and outlives the instance', async () => {
      const [identity, others] = await Promise.all([
        at.log.identity(),
        at.open().then((other) => other.identity()),
      ]);
      expect(others).toEqual(identity);
      expect(identity.ledgerId).toMatch(UUID);
      expect(identity.logId).toMatch(UUID);
      await at.append('list-a', 'no-stream', sampleEvents(1));
      await at.reopen();
      expect(await at.log.identity()).toEqual(identity);
    });

    it('is another one for another log', async () => {
      const other = await at.makeHome();
      const elsewhere = await other.open();
      const identity = await at.log.identity();
      const another = await elsewhere.identity();
      expect(another.ledgerId).not.toBe(identity.ledgerId);
      expect(another.logId).not.toBe(identity.logId);
      await elsewhere.close();
      await other.remove();
    });

    it('is no event', async () => {
      await at.log.identity();
      expect(await at.log.readAll({ limit: 9 })).toEqual([]);
      expect(await at.log.head()).toBeUndefined();
    });
  });
};
