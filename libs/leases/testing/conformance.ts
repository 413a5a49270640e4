import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Leases } from '../port.ts';

/** One store of leases, which several processes may use at once. */
export type LeasesStore = Readonly<{
  /** As another process would have it. */
  open: () => Promise<Leases>;
  remove: () => Promise<void>;
}>;

/** What every store of leases must do. */
export const describeLeases = (name: string, openStore: () => Promise<LeasesStore>): void => {
  describe(`leases: ${name}`, () => {
    let store: LeasesStore;
    let leases: Leases;
    let elsewhere: Leases;
    beforeEach(async () => {
      store = await openStore();
      leases = await store.open();
      elsewhere = await store.open();
    });
    afterEach(async () => {
      await leases.close();
      await elsewhere.close();
      await store.remove();
    });

    it('gives a free lease to who asks first, and to nobody else before it runs out', async () => {
      expect(await leases.acquire('projector', 'a', 1_000, 500)).toEqual({
        name: 'projector',
        holder: 'a',
        token: 1,
        expiresAt: 1_500,
      });
      expect(await elsewhere.acquire('projector', 'b', 1_499, 500)).toBeUndefined();
      expect(await elsewhere.acquire('sender', 'b', 1_499, 500)).toMatchObject({ token: 1 });
    });

    it('is renewed by its holder under the same token', async () => {
      await leases.acquire('projector', 'a', 1_000, 500);
      const renewed = await elsewhere.acquire('projector', 'a', 1_400, 500);
      expect(renewed).toMatchObject({ holder: 'a', token: 1, expiresAt: 1_900 });
      expect(await elsewhere.acquire('projector', 'b', 1_600, 500)).toBeUndefined();
    });

    it('is taken over when it has run out, under a greater token (fencing)', async () => {
      await leases.acquire('projector', 'a', 1_000, 500);
      const taken = await elsewhere.acquire('projector', 'b', 1_500, 500);
      expect(taken).toMatchObject({ holder: 'b', token: 2, expiresAt: 2_000 });
      expect(await leases.acquire('projector', 'a', 1_600, 500)).toBeUndefined();
      expect(await leases.acquire('projector', 'a', 2_000, 500)).toMatchObject({ token: 3 });
    });

    it('is free at once when given back, and its token goes on growing', async () => {
      const lease = await leases.acquire('projector', 'a', 1_000, 500);
      await leases.release(lease!);
      expect(await elsewhere.acquire('projector', 'b', 1_100, 500)).toMatchObject({ token: 2 });
    });

    it('cannot be given back by who lost it', async () => {
      const lost = await leases.acquire('projector', 'a', 1_000, 500);
      await elsewhere.acquire('projector', 'b', 1_500, 500);
      await leases.release(lost!);
      expect(await leases.acquire('projector', 'a', 1_600, 500)).toBeUndefined();
      await leases.release({ ...lost!, name: 'nothing of that name' });
    });

    it('says whether somebody holds it, and leaves it as it is', async () => {
      expect(await leases.isHeld('projector', 1_000)).toBe(false);
      const lease = await leases.acquire('projector', 'a', 1_000, 500);
      expect(await elsewhere.isHeld('projector', 1_499)).toBe(true);
      expect(await elsewhere.isHeld('projector', 1_500)).toBe(false);
      expect(await elsewhere.isHeld('sender', 1_000)).toBe(false);
      await leases.release(lease!);
      expect(await elsewhere.isHeld('projector', 1_100)).toBe(false);
      expect(await elsewhere.acquire('projector', 'b', 1_100, 500)).toMatchObject({ token: 2 });
    });

    it('goes to exactly one of many who ask at once', async () => {
      const asked = Array.from({ length: 20 }, (_, index) =>
        (index % 2 ? leases : elsewhere).acquire('projector', `holder ${index}`, 1_000, 500),
      );
      expect((await Promise.all(asked)).filter((lease) => lease !== undefined)).toHaveLength(1);
    });

    it('outlives those who asked', async () => {
      await leases.acquire('projector', 'a', 1_000, 500);
      await leases.close();
      leases = await store.open();
      expect(await leases.acquire('projector', 'b', 1_100, 500)).toBeUndefined();
      expect(await leases.acquire('projector', 'b', 1_500, 500)).toMatchObject({ token: 2 });
    });
  });
};
