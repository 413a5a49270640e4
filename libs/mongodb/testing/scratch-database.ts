import { newDatabaseUrl } from '#test/servers/mongodb-server';
import { openMongo, type Mongo } from '../open-mongo.ts';

/** A database of its own for one test. */
export type ScratchDatabase = Readonly<{
  url: string;
  /** A connection of its own, as another process would have it. */
  connect: () => Promise<Mongo>;
  /** Drops the database and closes all connections. */
  remove: () => Promise<void>;
}>;

export const scratchDatabase = (): ScratchDatabase => {
  const url = newDatabaseUrl();
  const opened: Mongo[] = [];
  return {
    url,
    connect: async () => {
      const mongo = await openMongo(url);
      opened.push(mongo);
      return mongo;
    },
    remove: async () => {
      await opened[0]?.database.dropDatabase();
      await Promise.all(opened.map((mongo) => mongo.close()));
    },
  };
};
