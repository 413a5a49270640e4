import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import { startWireDouble, type WireDouble } from '#libs/event-log/testing/wire-double/wire-double';
import { describeOnMongo, newDatabaseUrl } from '#test/servers/mongodb-server';
import { openEngines } from './engines.ts';

/** Lets everything through, but breaks the connection at the first command with each of these words. */
const breaking = (words: Set<string>, { hostname, port }: URL): Server => {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const behind = connect({ host: hostname, port: Number(port) });
    const cut = (): void => {
      client.destroy();
      behind.destroy();
    };
    for (const each of [client, behind]) {
      open.add(each);
      each.on('error', cut).on('close', () => {
        open.delete(each);
        cut();
      });
    }
    client.on('data', (bytes: Buffer) => {
      const word = [...words].find((each) => bytes.includes(`${each}\0`));
      if (word === undefined) {
        behind.write(bytes);
        return;
      }
      words.delete(word);
      cut();
    });
    behind.on('data', (bytes: Buffer) => client.write(bytes));
  });
  return server.on('close', () => {
    for (const each of open) each.destroy();
  });
};

describeOnMongo('a new MongoDB whose connections break while the product starts', () => {
  let directory: string;
  let double: WireDouble;
  let url: URL;
  let server: Server | undefined;
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'attesta-broken-'));
    double = await startWireDouble();
    url = new URL(newDatabaseUrl());
  });
  afterEach(async () => {
    server?.close();
    await double.stop();
    const client = new MongoClient(url.href);
    await client.db().dropDatabase();
    await client.close();
    await rm(directory, { recursive: true });
  });

  it('is opened all the same', async () => {
    const words = new Set(['createIndexes', 'findAndModify', 'insert', 'listCollections', 'find']);
    const known = words.size;
    server = breaking(words, url);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const broken = new URL(url);
    broken.port = String((server.address() as AddressInfo).port);
    const eventStoreUrl = `esdb://127.0.0.1:${double.port}?tls=false`;
    const servers = { eventStoreUrl, mongodbUrl: broken.href };
    const engines = await openEngines({ dataDirectory: directory, servers }, () => undefined);
    expect(words.size).toBeLessThan(known - 2);
    expect(await engines.ledger.head()).toBeUndefined();
    await engines.close();
  });
});
