import { until } from '../acceptance/support/until.ts';
import type { Member } from './fleet.ts';
import type { LeaseRow } from './lease-rows.ts';

/**
 * Kills a process once it owns some of the leases, and waits until others own every one that it did. In milliseconds,
 * how long that took.
 */
export const takenOver = async (
  victim: Member,
  leases: () => Promise<readonly LeaseRow[]>,
): Promise<number> => {
  const holder = victim.leaseHolder();
  const lost = await until(`the ${victim.part} to own a piece of work`, async () => {
    const own = (await leases()).filter((lease) => lease.holder === holder);
    return own.length > 0 && own;
  });
  const killedAt = performance.now();
  await victim.kill();
  await until(`another ${victim.part} to own what the killed one did`, async () => {
    const tokens = new Map((await leases()).map(({ name, token }) => [name, token]));
    // Who is quick has given it back already.
    return lost.every(({ name, token }) => (tokens.get(name) ?? 0) > token);
  });
  return performance.now() - killedAt;
};
