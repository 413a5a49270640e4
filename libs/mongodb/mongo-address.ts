import { MongoUnavailable } from './mongo-unavailable.ts';

const URL_PARTS =
  /^mongodb(?:\+srv)?:\/\/(?:[^@/]*@)?(?<hosts>[^@/?]+)\/(?<database>[^/?@]+)(?:\?.*)?$/;

export type MongoAddress = Readonly<{
  database: string;
  /** Hosts and database, without user and password: for messages. */
  place: string;
}>;

/** Throws `MongoUnavailable` (`wrong-url`) with a sentence that does not show the URL, which may hold a password. */
export const mongoAddress = (url: string): MongoAddress => {
  const groups = URL_PARTS.exec(url)?.groups;
  const { hosts, database } = groups ?? {};
  if (hosts === undefined || database === undefined) throw wrongUrl();
  return { database, place: `${hosts}/${database}` };
};

/** Shows nothing of the URL, which may hold a password. */
export const wrongUrl = (): MongoUnavailable =>
  new MongoUnavailable(
    'wrong-url',
    'ATTESTA_MONGODB_URL is no URL of a MongoDB database. Write it as mongodb://user:password@host:27017/attesta, with the name of the database at its end.',
  );
