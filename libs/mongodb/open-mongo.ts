import { MongoClient, type Db, type MongoClientOptions } from 'mongodb';
import { classifyMongoError } from './classify-mongo-error.ts';
import { checkFormat } from './format-note.ts';
import { mongoAddress, wrongUrl } from './mongo-address.ts';
import { mongoUnavailable, MongoUnavailable } from './mongo-unavailable.ts';
import { within } from './within.ts';

/** One database, for all rooms that keep something in MongoDB. */
export type Mongo = Readonly<{
  /** Hosts and database, for messages. */
  place: string;
  database: Db;
  /**
   * Asks the database for something and gives up after a time (10 s unless said otherwise): whatever is wrong,
   * the caller hears of it. Throws `MongoUnavailable`; after `unreachable` the outcome of a write is not known.
   */
  attempt: <T>(work: (database: Db) => Promise<T>, withinMilliseconds?: number) => Promise<T>;
  close: () => Promise<void>;
}>;

export type MongoOpening = Readonly<{
  /** How long to try to reach the server. */
  openWithinMilliseconds?: number;
  callWithinMilliseconds?: number;
  /** Opens a database that an interrupted copy left incomplete: for whoever completes it. */
  evenUnfinished?: boolean;
}>;

const OPEN_WITHIN_MILLISECONDS = 5_000;
/** MongoDB 6.0 says 17. */
const OLDEST_WIRE_VERSION = 17;

const clientOptions = (openWithinMilliseconds: number): MongoClientOptions => ({
  appName: 'attesta',
  // Confirmed is what survives the loss of a server; nothing else is read, by anybody.
  writeConcern: { w: 'majority', journal: true },
  readConcern: { level: 'majority' },
  readPreference: 'primary',
  retryReads: true,
  retryWrites: true,
  serverSelectionTimeoutMS: openWithinMilliseconds,
  connectTimeoutMS: openWithinMilliseconds,
  waitQueueTimeoutMS: openWithinMilliseconds,
});

/** Connects nothing yet. */
const connect = (url: string, options: MongoClientOptions): MongoClient => {
  try {
    return new MongoClient(url, options);
  } catch {
    // The driver's own message may repeat the password.
    throw wrongUrl();
  }
};

/** Reaches no server. Throws `MongoUnavailable` (`wrong-url`) on a URL that opening would not understand. */
export const checkMongoUrl = (url: string): void => {
  mongoAddress(url);
  connect(url, clientOptions(OPEN_WITHIN_MILLISECONDS));
};

/**
 * Opens the database that the URL names, and makes it if there is none. Tries for a bounded time.
 * Throws `MongoUnavailable`; its message can be shown as it is.
 */
export const openMongo = async (
  url: string,
  {
    openWithinMilliseconds = OPEN_WITHIN_MILLISECONDS,
    callWithinMilliseconds = 10_000,
    evenUnfinished = false,
  }: MongoOpening = {},
): Promise<Mongo> => {
  const { database: name, place } = mongoAddress(url);
  const client = connect(url, clientOptions(openWithinMilliseconds));
  const database = client.db(name);
  const attempt: Mongo['attempt'] = (work, milliseconds = callWithinMilliseconds) =>
    explained(place, () => within(milliseconds, work(database)));
  try {
    await attempt(async () => {
      await client.connect();
      await checkVersion(database, place);
    });
    await attempt(() => checkFormat(database, place, evenUnfinished));
  } catch (error) {
    await client.close();
    throw error;
  }
  return { place, database, attempt, close: () => client.close() };
};

const explained = async <T>(place: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    const meaning = classifyMongoError(error);
    throw meaning === undefined ? error : mongoUnavailable(meaning, place, error);
  }
};

const checkVersion = async (database: Db, place: string): Promise<void> => {
  const { maxWireVersion } = await database.command({ hello: 1 });
  if (typeof maxWireVersion === 'number' && maxWireVersion >= OLDEST_WIRE_VERSION) return;
  throw new MongoUnavailable(
    'wrong-version',
    `MongoDB at ${place} is too old. Run MongoDB 6.0 or later.`,
  );
};
