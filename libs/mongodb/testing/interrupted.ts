import { MongoUnavailable } from '../mongo-unavailable.ts';
import type { Mongo } from '../open-mongo.ts';

/**
 * The same database, whose server is away from the attempt of this number on, counted from 1: as a process finds
 * it that is killed there, or whose network breaks. With `isDone` that attempt is still carried out.
 */
export const interrupted = (
  mongo: Mongo,
  attempt: number,
  { isDone }: Readonly<{ isDone: boolean }>,
): Mongo => {
  let attempts = 0;
  return {
    ...mongo,
    attempt: async (work, milliseconds) => {
      attempts += 1;
      if (attempts < attempt) return mongo.attempt(work, milliseconds);
      if (attempts === attempt && isDone) await mongo.attempt(work, milliseconds);
      throw new MongoUnavailable('unreachable', 'The server is away.');
    },
  };
};
