import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { startFerretDb } from '#test/servers/start-ferretdb';
import { describeOnMongo, newDatabaseUrl } from '#test/servers/mongodb-server';
import { isDuplicateKey, noteFinished, noteUnfinished, openMongo, type Mongo } from './index.ts';

const SOON = { openWithinMilliseconds: 500, callWithinMilliseconds: 1_000 };
type Row = { _id: string; n?: number };

describeOnMongo('a database of MongoDB', () => {
  let url: string;
  let mongo: Mongo;
  beforeEach(async () => {
    url = newDatabaseUrl();
    mongo = await openMongo(url);
  });
  afterEach(async () => {
    await mongo.database.dropDatabase();
    await mongo.close();
  });

  it('is opened by several at once, and again', async () => {
    const others = await Promise.all(Array.from({ length: 5 }, () => openMongo(url)));
    await others[0]?.attempt((database) =>
      database.collection<Row>('rows').insertOne({ _id: 'a' }),
    );
    const again = await openMongo(url);
    expect(await again.attempt((database) => database.collection('rows').countDocuments())).toBe(1);
    for (const each of [...others, again]) await each.close();
  });

  it('tells a key that is there already from other refusals', async () => {
    const rows = mongo.database.collection<Row>('rows');
    await rows.insertOne({ _id: 'a' });
    const twice = await rows.insertOne({ _id: 'a' }).catch((error: unknown) => error);
    const many = await rows
      .insertMany([{ _id: 'b' }, { _id: 'a' }], { ordered: false })
      .catch((error: unknown) => error);
    const other = await rows
      .updateOne({ _id: 'a' }, { $inc: { 'a..b': 1 } })
      .catch((error: unknown) => error);
    expect([twice, many, other].map(isDuplicateKey)).toEqual([true, true, false]);
    expect(await rows.countDocuments()).toBe(2);
  });

  it('that holds something else is refused and left alone', async () => {
    await mongo.database.dropDatabase();
    await mongo.database.collection('somebody-elses').insertOne({});
    await expect(openMongo(url)).rejects.toMatchObject({ code: 'half-created' });
    expect(await mongo.database.collection('attesta').countDocuments()).toBe(0);
  });

  it('that a copy left incomplete is refused until the copy is complete', async () => {
    await noteUnfinished(mongo.database, 'copying the keys');
    await expect(openMongo(url)).rejects.toThrow(/copying the keys was interrupted/);
    const completing = await openMongo(url, { evenUnfinished: true });
    await noteFinished(completing.database);
    await completing.close();
    await (await openMongo(url)).close();
  });

  it('of a later version of the program is refused', async () => {
    await mongo.database
      .collection<Row & { version: number }>('attesta')
      .updateOne({ _id: 'format' }, { $set: { version: 99 } });
    await expect(openMongo(url)).rejects.toMatchObject({ code: 'newer-version' });
  });

  it('that was closed says so', async () => {
    const other = await openMongo(url);
    await other.close();
    const asked = other.attempt((database) => database.collection('rows').findOne());
    await expect(asked).rejects.toMatchObject({ code: 'closed' });
  });
});

describeOnMongo('a server that goes away', () => {
  it('is unreachable while it is down, frozen or not, and is used again when it is back', async () => {
    const first = await startFerretDb();
    const mongo = await openMongo(first.urlOf('attesta'), SOON);
    const write = (id: string) =>
      mongo.attempt((database) => database.collection<Row>('rows').insertMany([{ _id: id }]));
    await write('a');
    process.kill(first.pid, 'SIGSTOP');
    // Stopping takes a moment.
    const failure = async (): Promise<unknown> => {
      for (let n = 0; ; n += 1) {
        try {
          await write(`while-stopping-${n}`);
        } catch (error) {
          return error;
        }
      }
    };
    expect(await failure()).toMatchObject({ code: 'unreachable' });
    process.kill(first.pid, 'SIGCONT');
    await first.kill();
    await expect(write('c')).rejects.toMatchObject({ code: 'unreachable' });

    const second = await startFerretDb({ port: first.port, directory: first.directory });
    await write('d');
    expect(
      await mongo.attempt((database) => database.collection<Row>('rows').findOne({ _id: 'a' })),
    ).toEqual({ _id: 'a' });
    await mongo.close();
    await second.stop();
  });
});

const listeningOn = async (server: Server): Promise<number> => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  server.listen(0, '127.0.0.1', () => resolve(undefined));
  await promise;
  return (server.address() as AddressInfo).port;
};

describeOnMongo('what cannot be opened', () => {
  it.each([
    'http://127.0.0.1/attesta',
    'mongodb://127.0.0.1',
    'mongodb://127.0.0.1/',
    'mongodb:///attesta',
    'mongodb://somebody:a-secret@127.0.0.1:999999/attesta',
    'mongodb://somebody:27017/a-secret@127.0.0.1',
    'mongodb://127.0.0.1/attesta?w=5&noSuchOption=a-secret',
    'mongodb://127.0.0.1/%ff',
  ])('%s is no URL of a database', async (url) => {
    const error: unknown = await openMongo(url, SOON).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'wrong-url' });
    expect(String(error)).not.toContain('a-secret');
  });

  it('a user whom the server does not let in', async () => {
    const server = await startFerretDb({ user: { name: 'somebody', password: 'right' } });
    const url = (password: string): string =>
      `mongodb://somebody:${password}@127.0.0.1:${server.port}/attesta?authSource=admin`;
    await (await openMongo(url('right'))).close();
    for (const wrong of [url('wrong-secret'), server.urlOf('attesta')]) {
      const error: unknown = await openMongo(wrong, SOON).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'unauthorised' });
      expect(String(error)).not.toContain('secret');
    }
    await server.stop();
  });

  it('nobody listens', async () => {
    const server = createServer();
    const port = await listeningOn(server);
    server.close();
    const opening = openMongo(`mongodb://somebody:a-secret@127.0.0.1:${port}/attesta`, SOON);
    const error: unknown = await opening.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'unreachable' });
    expect(String(error)).toContain(`MongoDB at 127.0.0.1:${port}/attesta does not answer`);
  });

  it('somebody listens and says nothing', async () => {
    const server = createServer();
    const port = await listeningOn(server);
    const opening = openMongo(`mongodb://127.0.0.1:${port}/attesta`, SOON);
    await expect(opening).rejects.toMatchObject({ code: 'unreachable' });
    server.close();
  });

  it('what listens is a web server', async () => {
    const server = createHttpServer();
    const port = await listeningOn(server);
    const opening = openMongo(`mongodb://127.0.0.1:${port}/attesta`, SOON);
    await expect(opening).rejects.toMatchObject({
      code: expect.stringMatching(/unreachable|wrong-version/),
    });
    server.close();
  });
});
