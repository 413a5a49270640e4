import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openEngines, type Engines } from '#apps/composition/index';
import { AccountId, clear, type Position } from '#domain/kernel/index';
import { recipientStream, type RecipientEvent } from '#domain/recipient/index';
import { A, FR, T0 } from '#domain/recipient/testing/examples';
import type { CommandContext } from '#libs/ledger/index';
import { whenProcessed } from '#libs/projecting/index';
import { outage } from '#libs/projecting/testing/outage';
import { recipientIdOf } from '#libs/keyring/index';
import { recipientDirectory } from '#projections/recipient-directory/index';
import { timeline, timelineOf } from '#projections/timeline/index';
import { carryOutErasures } from './erasure.ts';
import { rebuildModel, startProjector, type Projector } from './index.ts';

const accountId = AccountId.parse('acc_01jd0000000000000000000001');
const ADDRESS = 'zenobie.tremblay@example.com';
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const context = (): CommandContext => ({
  accountId,
  actor: { kind: 'api-client' },
  channel: 'api',
  commandId: randomUUID(),
  correlationId: 'c',
  now: T0,
});
const subscribed = (address: string): RecipientEvent => ({
  type: 'RecipientSubscribed',
  data: { listIds: [A], optIn: 'single', language: FR, at: T0 },
  personal: clear({ address, fields: { city: 'Rimouski' } }),
});
const erased: RecipientEvent = {
  type: 'RecipientErased',
  data: { at: T0 },
  personal: clear({ reason: 'asked by letter' }),
};

describe('the projector', () => {
  let directory: string;
  let engines: Engines;
  let stop: AbortController;
  let projector: Projector | undefined;
  let scrubbed: number;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'projector-'));
    engines = await openEngines({ dataDirectory: directory }, (failure) => {
      throw failure;
    });
    stop = new AbortController();
    projector = undefined;
    scrubbed = 0;
  });
  afterEach(async () => {
    stop.abort();
    await projector?.stopped;
    await engines.close();
    rmSync(directory, { recursive: true });
  });

  const start = async (): Promise<void> => {
    projector = await startProjector({
      ...engines,
      log: silent,
      signal: stop.signal,
      scrubOthers: async () => {
        scrubbed += 1;
      },
    });
  };
  const idOf = async (address: string) =>
    recipientIdOf((await engines.keyring.accountKeys(accountId)).identity, address);
  const append = async (
    address: string,
    expected: number | 'no-stream',
    ...events: RecipientEvent[]
  ): Promise<Position> => {
    const key = await idOf(address);
    const format = recipientStream;
    const parts = { format, key, expected, events, context: context() };
    return (await engines.ledger.append(parts)).position;
  };
  const directoryOf = async (address: string, position: Position) => {
    const model = engines.readStore.model(recipientDirectory);
    expect(await whenProcessed(model, position, { timeoutMilliseconds: 20_000 })).toBe(true);
    return model.get(await idOf(address));
  };
  const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
    const deadline = AbortSignal.timeout(20_000);
    while (!(await holds())) {
      deadline.throwIfAborted();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const keyOf = async (address: string) =>
    (await engines.keyring.find([{ accountId, subject: await idOf(address) }]))[0];
  const everyByte = (): string =>
    readdirSync(directory)
      .map((file) => readFileSync(join(directory, file)).toString('latin1'))
      .join('\n');

  it('waits for a server that does not answer while it starts', async () => {
    const server = outage();
    server.begin();
    const readStore = server.over(engines.readStore);
    const starting = startProjector({ ...engines, readStore, log: silent, signal: stop.signal });
    let failed = false;
    starting.catch(() => (failed = true));
    await until(() => failed || server.refused() >= 2);
    server.end();
    projector = await starting;
    const position = await append(ADDRESS, 'no-stream', subscribed(ADDRESS));
    expect(await directoryOf(ADDRESS, position)).toMatchObject({ address: ADDRESS });
  });

  it('PRV-2 carries an erasure to its end: no key, a tombstone, no trace in any file', async () => {
    await append(ADDRESS, 'no-stream', subscribed(ADDRESS));
    await start();
    const other = await append('luc@example.com', 'no-stream', subscribed('luc@example.com'));
    expect(await directoryOf(ADDRESS, other)).toMatchObject({ address: ADDRESS });
    expect(everyByte()).toContain(ADDRESS);

    const position = await append(ADDRESS, 0, erased);
    expect(await directoryOf(ADDRESS, position)).toMatchObject({ status: 'erased' });
    await until(() => scrubbed > 0);
    expect(await keyOf(ADDRESS)).toBeUndefined();
    expect(await keyOf('luc@example.com')).toBeDefined();
    expect(everyByte()).not.toMatch(/zenobie|asked by letter/i);
    expect(everyByte()).toContain('luc@example.com');
    const entries = await timelineOf(engines.readStore.model(timeline), await idOf(ADDRESS), {
      limit: 10,
    });
    expect(entries.map(({ type }) => type)).toEqual(['RecipientSubscribed', 'RecipientErased']);
  });

  it('P-31 repairs an erasure after whose event everything stopped', async () => {
    await append(ADDRESS, 'no-stream', subscribed(ADDRESS), erased);
    expect(await keyOf(ADDRESS)).toBeDefined();
    await start();
    await until(async () => scrubbed > 0 && (await keyOf(ADDRESS)) === undefined);
    expect(everyByte()).not.toMatch(/zenobie/i);
  });

  it('leaves the new key of a person who came back alone, however often it sees the erasure', async () => {
    await append(ADDRESS, 'no-stream', subscribed(ADDRESS), erased);
    await start();
    await until(async () => scrubbed > 0 && (await keyOf(ADDRESS)) === undefined);
    const position = await append(ADDRESS, 1, subscribed(ADDRESS));
    await directoryOf(ADDRESS, position);
    const key = await keyOf(ADDRESS);
    const again = carryOutErasures({
      ...engines,
      personalModels: [recipientDirectory],
      signal: stop.signal,
    });
    await again(await engines.ledger.read(recipientStream, await idOf(ADDRESS)));
    expect(await keyOf(ADDRESS)).toEqual(key);
  });

  it('does not call an erasure done while a tombstone is missing', async () => {
    await append(ADDRESS, 'no-stream', subscribed(ADDRESS), erased);
    const once = carryOutErasures({
      ...engines,
      personalModels: [recipientDirectory],
      signal: stop.signal,
      tombstonesWithinMilliseconds: 1,
    });
    const history = await engines.ledger.read(recipientStream, await idOf(ADDRESS));
    await expect(once(history)).rejects.toMatchObject({ code: 'tombstones-missing' });
  });

  it('`attesta rebuild` finds nothing different after an erasure, while serving', async () => {
    await append(ADDRESS, 'no-stream', subscribed(ADDRESS), erased);
    await append('luc@example.com', 'no-stream', subscribed('luc@example.com'));
    await start();
    await until(() => scrubbed > 0);
    const watched = { log: silent, signal: stop.signal };
    for (const name of ['recipient-directory', 'timeline', 'list-members']) {
      expect(await rebuildModel(name, engines, watched)).toMatchObject({ differing: 0 });
    }
    await expect(rebuildModel('nothing', engines, watched)).rejects.toMatchObject({
      code: 'unknown-read-model',
    });
  });
});
