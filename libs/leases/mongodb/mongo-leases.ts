import type { Collection } from 'mongodb';
import { isDuplicateKey, type Mongo } from '#libs/mongodb/index';
import type { Lease, Leases } from '../port.ts';

/** The id is the lease's name. A lease that was given back has an empty holder; its token outlives it. */
type LeaseDocument = { _id: string; holder: string; token: number; expiresAt: number };

const LEASES = 'leases';

/**
 * Leases in a collection, for the processes of many machines, whose clocks must agree within a few seconds. A
 * holder's name must be its own for ever (a process that starts anew is a new holder). `mongo` stays open when
 * the leases are closed. Throws `MongoUnavailable`.
 */
export const mongoLeases = ({ mongo }: { readonly mongo: Mongo }): Leases => {
  const ask = <T>(work: (leases: Collection<LeaseDocument>) => Promise<T>): Promise<T> =>
    mongo.attempt((database) => work(database.collection<LeaseDocument>(LEASES)));

  const renew = (name: string, holder: string, expiresAt: number): Promise<LeaseDocument | null> =>
    ask((leases) =>
      leases.findOneAndUpdate(
        { _id: name, holder },
        { $set: { expiresAt } },
        { returnDocument: 'after' },
      ),
    );

  /** The one statement decides: a lease that is free or has run out, or the first of its name. */
  const take = async (
    { name, holder, expiresAt }: Omit<Lease, 'token'>,
    now: number,
  ): Promise<LeaseDocument | null> => {
    // Most who ask find it held: they only look.
    const known = await ask((leases) => leases.findOne({ _id: name }));
    if (known !== null && known.expiresAt > now) return null;
    try {
      return await ask((leases) =>
        leases.findOneAndUpdate(
          { _id: name, expiresAt: { $lte: now } },
          { $set: { holder, expiresAt }, $inc: { token: 1 } },
          { upsert: true, returnDocument: 'after' },
        ),
      );
    } catch (error) {
      // There is one that has not run out, so it was not found, and cannot be made once more.
      if (isDuplicateKey(error)) return null;
      throw error;
    }
  };

  return {
    acquire: async (name, holder, now, duration) => {
      if (holder === '') throw new TypeError('A holder needs a name.');
      const expiresAt = now + duration;
      const lease =
        (await renew(name, holder, expiresAt)) ?? (await take({ name, holder, expiresAt }, now));
      return lease === null ? undefined : { name, holder, token: lease.token, expiresAt };
    },
    isHeld: async (name, now) => {
      const lease = await ask((leases) =>
        leases.findOne({ _id: name, holder: { $ne: '' }, expiresAt: { $gt: now } }),
      );
      return lease !== null;
    },
    release: async ({ name, holder, token }) => {
      await ask((leases) =>
        leases.updateOne({ _id: name, holder, token }, { $set: { holder: '', expiresAt: 0 } }),
      );
    },
    close: async () => undefined,
  };
};
