import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startDouble } from '../acceptance/support/engines.ts';
import type { Environment } from '../acceptance/support/program.ts';
import { startFerretDb } from '../servers/start-ferretdb.ts';

/** A server that is killed and comes back with what it had, at the same address. */
export type Server = Readonly<{
  /** As health names it. */
  name: 'eventstoredb' | 'mongodb';
  kill: () => Promise<void>;
  begin: () => Promise<void>;
}>;

export type OwnServers = Readonly<{
  environment: Environment;
  eventStore: Server;
  mongo: Server;
  remove: () => Promise<void>;
}>;

/** Servers for one test alone, with nothing in them. */
export const ownServers = async (): Promise<OwnServers> => {
  const place = await mkdtemp(path.join(tmpdir(), 'attesta-outages-'));
  const journal = path.join(place, 'eventstoredb.journal');
  let { double, url } = await startDouble(journal);
  const doublePort = Number(new URL(url).port);
  let ferret = await startFerretDb();
  const { port, directory } = ferret;
  const killDouble = async (): Promise<void> => {
    if (double.exitCode !== null || double.signalCode !== null) return;
    const gone = once(double, 'exit');
    double.kill('SIGKILL');
    await gone;
  };
  return {
    environment: {
      ATTESTA_DATA_DIR: path.join(place, 'data'),
      ATTESTA_EVENTSTORE_URL: url,
      ATTESTA_MONGODB_URL: ferret.urlOf('attesta'),
    },
    eventStore: {
      name: 'eventstoredb',
      kill: killDouble,
      begin: async () => {
        ({ double, url } = await startDouble(journal, doublePort));
      },
    },
    mongo: {
      name: 'mongodb',
      kill: () => ferret.kill(),
      begin: async () => {
        ferret = await startFerretDb({ port, directory });
      },
    },
    remove: async () => {
      await killDouble();
      await ferret.kill();
      await rm(directory, { recursive: true, force: true });
      await rm(place, { recursive: true, force: true });
    },
  };
};
