import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { MongoClient } from 'mongodb';
import { startWireDouble } from '#libs/event-log/testing/wire-double/wire-double';
import { describeOnMongo } from '../../servers/mongodb-server.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';
import { engineEnvironment } from '../support/engines.ts';
import { freePort, runToEnd, settings, startProduct, type Ended } from '../support/program.ts';
import { Publisher } from '../support/publisher.ts';

// Starts whole programs one after the other, and some wait for a server that never comes.
jest.setTimeout(90_000);

type Environment = Readonly<Record<string, string>>;

const PARTS = ['all-in-one', 'api', 'projector', 'sender', 'importer'];
const EVENTSTORE = 'ATTESTA_EVENTSTORE_URL';
const MONGODB = 'ATTESTA_MONGODB_URL';

describeOnMongo('a start on servers that must not be', () => {
  let sound: string;
  let other: string;

  beforeAll(async () => {
    [sound, other] = [await newDataDirectory(), await newDataDirectory()];
    for (const directory of [sound, other]) {
      const product = await startProduct(directory);
      await Publisher.open(product);
      expect((await product.stop()).status).toBe(0);
    }
  });
  afterAll(async () => {
    await removeDataDirectory(sound);
    await removeDataDirectory(other);
  });

  const startOn = async (environment: Environment, part = 'all-in-one'): Promise<Ended> =>
    runToEnd(part, [], { ...settings(sound, await freePort()), ...environment });

  const expectRefused = ({ status, out, err }: Ended, sentence: RegExp): void => {
    expect(err).toMatch(sentence);
    expect([status, out]).toEqual([1, '']);
    expect(err).not.toMatch(/^\s+at |Error:|node:internal|s3cret/m);
    expect(err.trim().split('\n')).toHaveLength(1);
  };

  const serversOf = (directory: string): Readonly<{ eventStore: string; mongodb: string }> => {
    const { [EVENTSTORE]: eventStore = '', [MONGODB]: mongodb = '' } = engineEnvironment(directory);
    return { eventStore, mongodb };
  };
  const database = (name: string): string => {
    const url = new URL(serversOf(sound).mongodb);
    url.pathname = `${url.pathname}_${name}`;
    return url.href;
  };

  it.each(PARTS)('refuses where nobody listens: %s', async (part) => {
    const port = await freePort();
    const eventStore = `esdb://jo:s3cret@127.0.0.1:${port}?tls=false`;
    const mongodb = `mongodb://jo:s3cret@127.0.0.1:${port}/attesta`;
    const [one, two] = await Promise.all([
      startOn({ [EVENTSTORE]: eventStore }, part),
      startOn({ [MONGODB]: mongodb }, part),
    ]);
    expectRefused(one, /EventStoreDB at 127\.0\.0\.1:\d+ .*ATTESTA_EVENTSTORE_URL/);
    expectRefused(two, /MongoDB at 127\.0\.0\.1:\d+.*ATTESTA_MONGODB_URL/);
  });

  it('refuses where something else listens', async () => {
    const web = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1');
    await once(web, 'listening');
    const { port } = web.address() as AddressInfo;
    const [one, two] = await Promise.all([
      startOn({ [EVENTSTORE]: `esdb://127.0.0.1:${port}?tls=false` }),
      startOn({ [MONGODB]: `mongodb://127.0.0.1:${port}/attesta` }),
    ]);
    web.close();
    expectRefused(one, /127\.0\.0\.1:\d+.*ATTESTA_EVENTSTORE_URL/);
    expectRefused(two, /127\.0\.0\.1:\d+.*ATTESTA_MONGODB_URL/);
  });

  it('refuses an EventStoreDB that is too old, or that lets nobody in without a name', async () => {
    const old = await startWireDouble({ version: '20.10.0' });
    const closed = await startWireDouble({ isClosedToAnonymous: true });
    const [one, two] = await Promise.all([
      startOn({ [EVENTSTORE]: `esdb://127.0.0.1:${old.port}?tls=false` }),
      startOn({ [EVENTSTORE]: `esdb://127.0.0.1:${closed.port}?tls=false` }),
    ]);
    await old.stop();
    await closed.stop();
    expectRefused(one, /EventStoreDB.*23\.10/);
    expectRefused(two, /EventStoreDB.*refuses/);
  });

  it('refuses an address that cannot be meant, and one server without the other', async () => {
    expectRefused(
      await startOn({ [EVENTSTORE]: 'http://jo:s3cret@one.example' }),
      /^ATTESTA_EVENTSTORE_URL must/,
    );
    expectRefused(
      await startOn({ [MONGODB]: 'mongodb://jo:s3cret@one.example' }),
      /^ATTESTA_MONGODB_URL must/,
    );
    expectRefused(await startOn({ [MONGODB]: '' }), /^ATTESTA_MONGODB_URL must be set/);
  });

  it('refuses a database that is no whole one of ours, and leaves it as it is', async () => {
    const url = database('half');
    const client = new MongoClient(url);
    await client.db().collection('keyring').insertOne({ a: 1 });
    expectRefused(await startOn({ [MONGODB]: url }), /holds collections, but not the note/);
    expect(await client.db().listCollections().toArray()).toHaveLength(1);
    await client.db().dropDatabase();
    await client.close();
  });

  it('refuses servers of two ledgers, whichever was exchanged', async () => {
    const { eventStore, mongodb } = serversOf(other);
    expectRefused(await startOn({ [EVENTSTORE]: eventStore }), /another ledger|root key/);
    expectRefused(await startOn({ [MONGODB]: mongodb }), /another ledger|root key/);
  });

  it('refuses a new, empty database beside a ledger that has events', async () => {
    const url = database('empty');
    expectRefused(await startOn({ [MONGODB]: url }), /keyring .* has no keys/);
    const client = new MongoClient(url);
    await client.db().dropDatabase();
    await client.close();
  });

  it('starts on the sound servers after all of this', async () => {
    const again = await startProduct(sound);
    expect((await again.stop()).status).toBe(0);
  });
});
