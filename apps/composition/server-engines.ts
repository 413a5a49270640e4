import { checkEventStoreDbUrl } from '#libs/event-log/eventstoredb/connection';
import { eventStoreDbEventLog } from '#libs/event-log/eventstoredb/eventstoredb-event-log';
import { mongoKeyring } from '#libs/keyring/mongodb/index';
import { mongoLeases } from '#libs/leases/mongodb/index';
import { checkMongoUrl, openMongo } from '#libs/mongodb/index';
import { mongodbReadStore } from '#libs/read-store/mongodb/index';
import { mongoRequestStore } from '#libs/requests/mongodb/index';
import { mongoUploads } from '#libs/uploads/mongodb/index';
import { refuseLostKeyring } from './belonging.ts';
import type { Servers } from './config.ts';
import type { EngineSource } from './engine-parts.ts';
import { repeatedAtStart } from './repeated-at-start.ts';

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
};

/** The engines on EventStoreDB and MongoDB, for any number of machines. */
export const serverEngines =
  ({ eventStoreUrl, mongodbUrl }: Servers): EngineSource =>
  ({ config, keep }) => {
    // Both before either server is asked: a slip in one is not to be found out after waiting for the other.
    checkEventStoreDbUrl(eventStoreUrl);
    checkMongoUrl(mongodbUrl);
    // One connection to each, for everything that this process keeps there.
    const openDatabase = once(() => repeatedAtStart(() => openMongo(mongodbUrl)).then(keep));
    const openLog = once(() => eventStoreDbEventLog({ url: eventStoreUrl }).then(keep));
    return {
      ledger: async () => {
        const { dataDirectory: directory, rootKey } = config;
        const mongo = await openDatabase();
        const eventLog = await openLog();
        const given = rootKey === undefined ? {} : { rootKey };
        const keyring = keep(
          await repeatedAtStart(() => mongoKeyring({ mongo, directory, ...given })),
        );
        await repeatedAtStart(() => refuseLostKeyring(mongo.place, eventLog, keyring));
        return { eventLog, keyring };
      },
      stores: async () => {
        const mongo = await openDatabase();
        const eventLog = await openLog();
        return {
          readStore: keep(mongodbReadStore({ mongo })),
          leases: keep(mongoLeases({ mongo })),
          requests: keep(await repeatedAtStart(() => mongoRequestStore({ mongo }))),
          uploads: mongoUploads({ mongo }),
          servers: [
            { name: 'eventstoredb', ping: () => eventLog.head() },
            {
              name: 'mongodb',
              ping: () => mongo.attempt((database) => database.command({ ping: 1 })),
            },
          ],
        };
      },
    };
  };
