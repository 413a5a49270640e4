import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { MongoClient } from 'mongodb';
import type { EngineConfig } from '#apps/composition/index';

type Servers = NonNullable<EngineConfig['servers']>;

/**
 * The acceptance tests run twice: on the embedded engines, and on servers where this names a MongoDB; each data
 * directory then has a database of its own. EventStoreDB's part is then played by its double, one process for each data directory.
 */
const mongodb = process.env['ATTESTA_TEST_MONGODB_URL'];

export const onServers = mongodb !== undefined;

/**
 * How soon a killed process is taken for dead where a test does not want to wait. What stands in for MongoDB may take
 * longer for an answer than the shorter one lasts.
 */
export const SHORT_LEASE_MILLISECONDS = onServers ? 2_000 : 300;

const DOUBLE = path.resolve('dist/libs/event-log/testing/wire-double/program.js');
/** What the double has confirmed, as bytes on the disk. */
export const JOURNAL = 'eventstoredb.journal';

type Running = Readonly<{ servers: Servers; double: ChildProcess }>;

const running = new Map<string, Running>();

/** EventStoreDB's double as a process; on the same journal and port it is the same server, back again. */
export const startDouble = async (
  journal: string,
  port = 0,
): Promise<Readonly<{ double: ChildProcess; url: string }>> => {
  const words = [DOUBLE, '--journal', journal, '--no-flush', '--port', String(port)];
  const double = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: double.stdout })) {
    const url = /esdb:\/\/\S+/.exec(line)?.[0];
    if (url !== undefined) return { double, url };
  }
  throw new Error('The double of EventStoreDB ended before it listened.');
};

/** Gives a data directory servers of its own, where the tests run on servers. */
export const prepareEngines = async (dataDirectory: string): Promise<void> => {
  if (mongodb === undefined) return;
  const place = path.dirname(dataDirectory);
  await mkdir(place, { recursive: true });
  const { double, url } = await startDouble(path.join(place, JOURNAL));
  const database = `attesta_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  const mongodbUrl = new URL(mongodb);
  mongodbUrl.pathname = database;
  const servers = { eventStoreUrl: url, mongodbUrl: mongodbUrl.href };
  running.set(dataDirectory, { servers, double });
};

export const removeEngines = async (dataDirectory: string): Promise<void> => {
  const engines = running.get(dataDirectory);
  if (engines === undefined) return;
  running.delete(dataDirectory);
  engines.double.kill('SIGTERM');
  await once(engines.double, 'exit');
  await onDatabase(engines.servers, (database) => database.dropDatabase());
};

/** What decides on the engines of a data directory, for a test that opens them itself. */
export const engineConfig = (dataDirectory: string): EngineConfig => {
  const engines = running.get(dataDirectory);
  return { dataDirectory, ...(engines !== undefined && { servers: engines.servers }) };
};

/** The same for a program. */
export const engineEnvironment = (dataDirectory: string): Readonly<Record<string, string>> => {
  const { servers } = engineConfig(dataDirectory);
  if (servers === undefined) return {};
  return {
    ATTESTA_EVENTSTORE_URL: servers.eventStoreUrl,
    ATTESTA_MONGODB_URL: servers.mongodbUrl,
  };
};

const onDatabase = async <T>(
  { mongodbUrl }: Servers,
  work: (database: ReturnType<MongoClient['db']>) => Promise<T>,
): Promise<T> => {
  const client = new MongoClient(mongodbUrl);
  try {
    return await work(client.db());
  } finally {
    await client.close();
  }
};

/** Looks into the database of a data directory. Throws on the embedded engines, which have none. */
export const onDatabaseOf = <T>(
  dataDirectory: string,
  work: (database: ReturnType<MongoClient['db']>) => Promise<T>,
): Promise<T> => {
  const { servers } = engineConfig(dataDirectory);
  if (servers === undefined) throw new Error('The embedded engines have no server to look into.');
  return onDatabase(servers, work);
};

/** Everything that the servers of a data directory hold, by name; nothing on the embedded engines. */
export const storedOnServers = async (
  dataDirectory: string,
): Promise<readonly Readonly<{ name: string; bytes: Buffer }>[]> => {
  const { servers } = engineConfig(dataDirectory);
  if (servers === undefined) return [];
  const journal = path.join(path.dirname(dataDirectory), JOURNAL);
  const events = { name: JOURNAL, bytes: await readFile(journal) };
  return onDatabase(servers, async (database) => {
    const collections = await database.listCollections({}, { nameOnly: true }).toArray();
    const stored = await Promise.all(
      collections.map(async ({ name }) => {
        const raw = database.collection(name).find({}, { raw: true });
        const documents = (await raw.toArray()) as unknown as Buffer[];
        return { name: `mongodb/${name}`, bytes: Buffer.concat(documents) };
      }),
    );
    return [events, ...stored];
  });
};
