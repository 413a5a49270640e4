import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { sampleEvents } from '../testing/sample-events.ts';
import { testCertificate } from '../testing/wire-double/test-certificate.ts';
import { startWireDouble } from '../testing/wire-double/wire-double.ts';
import { completeCopy, eventStoreDbEventLog } from './eventstoredb-event-log.ts';
import { doubleWorld, TEST_PATIENCE, urlOf, type DoubleWorld } from './testing/double-world.ts';

/** For what is to be refused because it does not answer. */
const patience = { ...TEST_PATIENCE, open: 600 };
const open = (url: string, some = TEST_PATIENCE) => eventStoreDbEventLog({ url, patience: some });

let world: DoubleWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

describe('LED: a server that cannot be used is refused by name, in time', () => {
  it('when nothing listens', async () => {
    const double = await startWireDouble();
    await double.stop();
    await expect(open(urlOf(double), patience)).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining(`127.0.0.1:${double.port}`),
    });
  });

  it('when it accepts everything and answers nothing', async () => {
    world = await doubleWorld();
    world.double.freeze();
    await expect(world.open({ patience })).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('when it is another kind of server', async () => {
    const web = createServer((_, response) => void response.end('hello'));
    await once(web.listen(0, '127.0.0.1'), 'listening');
    const { port } = web.address() as AddressInfo;
    await expect(open(urlOf({ port }), patience)).rejects.toMatchObject({ code: 'unreachable' });
    web.close();
  });

  it.each(['22.10.4', '5.0.11', '20.6.1.0', 'unknown'])(
    'when its version is %s',
    async (version) => {
      world = await doubleWorld({ version });
      await expect(world.open()).rejects.toMatchObject({
        code: 'wrong-version',
        message: expect.stringContaining(version),
      });
    },
  );

  it.each(['23.10.0', '24.2.0', '25.0.1'])('but not when its version is %s', async (version) => {
    world = await doubleWorld({ version });
    await expect(world.open()).resolves.toBeDefined();
  });

  it('when it wants to know who comes', async () => {
    world = await doubleWorld({ isClosedToAnonymous: true });
    await expect(world.open()).rejects.toMatchObject({ code: 'unauthorised' });
  });

  it('when the name or the password is wrong, which the message does not repeat', async () => {
    const credentials = { username: 'ops', password: 'right+one' };
    const tls = testCertificate();
    world = await doubleWorld({ credentials, tls });
    const url = (user: string): string =>
      `esdb://${user}@localhost:${world?.double.port}?tls=true&tlsCAFile=${tls.path}`;
    const refused: unknown = await open(url('ops:wr0ng')).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'unauthorised' });
    expect(String(refused)).not.toContain('wr0ng');
    const log = await open(url('ops:right%2Bone'));
    await log.append({ stream: 'list-a', expected: 'no-stream', events: sampleEvents(1) });
    expect(await log.readAll({ limit: 9 })).toHaveLength(1);
    await log.close();
  });

  it('when its certificate is not trusted', async () => {
    world = await doubleWorld({ tls: testCertificate() });
    const url = `esdb://localhost:${world.double.port}?tls=true`;
    await expect(open(url, patience)).rejects.toMatchObject({ code: 'unreachable' });
  });

  it.each([
    'http://127.0.0.1:2113',
    'esdb://',
    'esdb://user:secret@127.0.0.1:2113?tls=false&nonsense=1',
    'esdb://user:secret@127.0.0.1:2113?tls',
    'esdb://user:half?secret@127.0.0.1:2113?tls=false',
    'esdb://user:half?secret=half@127.0.0.1:2113?tls=false',
    'esdb://user:half/secret@127.0.0.1:2113?tls=false',
    'esdb://user:secret@127.0.0.1:port?tls=false',
    'esdb://user:secret@127.0.0.1:2113?tlsCAFile=/nowhere.pem',
  ])('when the URL is %s', async (url) => {
    const refused: unknown = await open(url).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'cannot-open' });
    expect(String(refused)).toContain('ATTESTA_EVENTSTORE_URL');
    expect(String(refused)).not.toContain('secret');
  });

  it('when it holds what is not ours', async () => {
    world = await doubleWorld();
    world.double.addForeign('order-17', 'OrderPlaced', '{}');
    await expect(world.open()).rejects.toMatchObject({ code: 'wrong-version' });
    await expect(world.open({ streamPrefix: 'attesta' })).resolves.toBeDefined();
  });
});

describe('LED: a server whose identity of the ledger was written by somebody else', () => {
  it.each([
    ['LedgerIdentified.v1', 'no JSON'],
    ['LedgerIdentified.v1', '{"ledgerId":"x"}'],
    ['Another.v1', '{}'],
  ])('as %s with %s is refused', async (type, data) => {
    world = await doubleWorld();
    world.double.addForeign('ledger', type, data);
    await expect(world.open()).rejects.toMatchObject({ code: 'corrupt' });
  });
});

describe('LED: a log that is made as a copy', () => {
  it('is of the same ledger, and another log', async () => {
    world = await doubleWorld();
    const ledgerId = '0198c2aa-0000-7000-8000-000000000001';
    const log = await world.open({ ledgerId });
    const identity = await log.identity();
    expect(identity.ledgerId).toBe(ledgerId);
    expect(identity.logId).not.toBe(ledgerId);
    expect(await (await world.open({ ledgerId })).identity()).toEqual(identity);
    await expect(world.open()).rejects.toMatchObject({ code: 'half-created' });
    await completeCopy({ url: urlOf(world.double), ledgerId });
    expect(await (await world.open()).identity()).toEqual(identity);
  });

  it('by many at the same time, has one identity', async () => {
    world = await doubleWorld();
    const { open: openOne } = world;
    const logs = await Promise.all(Array.from({ length: 12 }, () => openOne()));
    const identities = await Promise.all(logs.map((log) => log.identity()));
    expect(new Set(identities.map(({ logId }) => logId)).size).toBe(1);
  });
});
