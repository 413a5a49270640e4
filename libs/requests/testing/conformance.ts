import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ABANDONED_AFTER, FORGOTTEN_AFTER, type Claim, type RequestStore } from '../port.ts';

/** One store of requests, which several processes may use at once. */
export type RequestsPlace = Readonly<{
  /** As another process would have it. */
  open: () => Promise<RequestStore>;
  remove: () => Promise<void>;
}>;

const claimOf = (commandId: string, now = 1_000, text = 'the request'): Claim => ({
  commandId,
  fingerprint: Buffer.from(text),
  now,
});
const answer = { subject: 'rcp_1', cipher: Buffer.from('cipher text') };

/** What every store of requests must do. */
export const describeRequests = (name: string, makePlace: () => Promise<RequestsPlace>): void => {
  describe(`requests: ${name}`, () => {
    let place: RequestsPlace;
    let requests: RequestStore;
    let elsewhere: RequestStore;
    beforeEach(async () => {
      place = await makePlace();
      requests = await place.open();
      elsewhere = await place.open();
    });
    afterEach(async () => {
      await requests.close();
      await elsewhere.close();
      await place.remove();
    });

    it('lets the first do it, and tells others that it is under way', async () => {
      expect(await requests.claim(claimOf('a'))).toEqual({ outcome: 'claimed' });
      expect(await elsewhere.claim(claimOf('a', 1_001))).toEqual({ outcome: 'in-progress' });
      expect(await elsewhere.claim(claimOf('b', 1_001))).toEqual({ outcome: 'claimed' });
    });

    it('lets exactly one of many do it who ask at once', async () => {
      const asked = Array.from({ length: 20 }, (_, index) =>
        (index % 2 ? requests : elsewhere).claim(claimOf('a')),
      );
      const outcomes = (await Promise.all(asked)).map(({ outcome }) => outcome);
      expect(outcomes.filter((outcome) => outcome === 'claimed')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === 'in-progress')).toHaveLength(19);
    });

    it('gives the answer that was kept, byte for byte, for as long as it is remembered', async () => {
      await requests.claim(claimOf('a'));
      await requests.keep('a', answer);
      const again = await elsewhere.claim(claimOf('a', 1_000 + 2 * ABANDONED_AFTER));
      if (again.outcome !== 'answered') throw new Error(again.outcome);
      expect(again.answer.subject).toBe(answer.subject);
      expect(Buffer.from(again.answer.cipher)).toEqual(answer.cipher);
    });

    it('refuses a key that was used for another request, before and after the answer', async () => {
      await requests.claim(claimOf('a'));
      const other = claimOf('a', 1_001, 'another request');
      expect(await elsewhere.claim(other)).toEqual({ outcome: 'reused' });
      await requests.keep('a', answer);
      expect(await elsewhere.claim(other)).toEqual({ outcome: 'reused' });
    });

    it('lets a repeat try again once the first gave up, but never after an answer', async () => {
      await requests.claim(claimOf('a'));
      await requests.release(claimOf('a'));
      expect(await elsewhere.claim(claimOf('a'))).toEqual({ outcome: 'claimed' });
      await elsewhere.keep('a', answer);
      await requests.release(claimOf('a'));
      expect(await requests.claim(claimOf('a'))).toMatchObject({ outcome: 'answered' });
      await requests.release(claimOf('nothing of that name'));
    });

    it('leaves the claim of somebody else alone when the first gives up late', async () => {
      await requests.claim(claimOf('a', 1_000));
      const late = 1_000 + ABANDONED_AFTER;
      expect(await elsewhere.claim(claimOf('a', late))).toEqual({ outcome: 'claimed' });
      await requests.release(claimOf('a', 1_000));
      expect(await requests.claim(claimOf('a', late + 1))).toEqual({ outcome: 'in-progress' });
    });

    it('lets a repeat take over what a crash cut off, once', async () => {
      await requests.claim(claimOf('a', 1_000));
      const before = claimOf('a', 1_000 + ABANDONED_AFTER - 1);
      expect(await elsewhere.claim(before)).toEqual({ outcome: 'in-progress' });
      const late = claimOf('a', 1_000 + ABANDONED_AFTER);
      expect(await elsewhere.claim(late)).toEqual({ outcome: 'claimed' });
      expect(await requests.claim(late)).toEqual({ outcome: 'in-progress' });
    });

    it('forgets requests after a week', async () => {
      await requests.claim(claimOf('old', 1_000));
      await requests.keep('old', answer);
      // A store that is opened anew looks through what it has.
      const later = await place.open();
      await later.claim(claimOf('new', 1_001 + FORGOTTEN_AFTER));
      expect(await later.claim(claimOf('old', 1_002 + FORGOTTEN_AFTER))).toEqual({
        outcome: 'claimed',
      });
      await later.close();
    });

    it('outlives those who asked', async () => {
      await requests.claim(claimOf('a'));
      await requests.keep('a', answer);
      await requests.close();
      requests = await place.open();
      expect(await requests.claim(claimOf('a'))).toMatchObject({ outcome: 'answered' });
    });
  });
};
