import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { EventLog, StreamAppend } from '../port.ts';
import { sampleEvents } from '../testing/sample-events.ts';
import { startWireDouble } from '../testing/wire-double/wire-double.ts';
import {
  doubleWorld,
  IMPATIENCE,
  TEST_PATIENCE,
  type DoubleWorld,
} from './testing/double-world.ts';

const never = new AbortController().signal;

let world: DoubleWorld;
afterEach(() => world.close());

const newAppend = (stream: string, count = 2): StreamAppend => ({
  stream,
  expected: 'no-stream',
  events: sampleEvents(count),
});

type Call = Exclude<keyof EventLog, 'identity' | 'close'>;

const everythingOf = (log: EventLog): Readonly<Record<Call, () => Promise<unknown>>> => ({
  append: () => log.append(newAppend(`list-${randomUUID()}`)),
  appendMany: () => log.appendMany([newAppend('list-b'), newAppend('list-c')]),
  readStream: () => log.readStream('list-a'),
  readStreams: () => log.readStreams(['list-a', 'list-b']),
  readAll: () => log.readAll({ limit: 9 }),
  head: () => log.head(),
  waitForAppend: () => log.waitForAppend(undefined, never),
});

describe('LED: reads', () => {
  it.each([
    ['breaks in the middle', { kind: 'disconnect', after: 20 }],
    ['brings what is no message', { kind: 'malformed' }],
  ] as const)('are whole although the connection %s', async (_, fault) => {
    world = await doubleWorld();
    const log = await world.open();
    await log.append(newAppend('list-a', 50));
    const whole = await log.readAll({ limit: 100 });
    world.double.faults.next('read', fault, fault);
    expect(await log.readAll({ limit: 100 })).toEqual(whole);
    world.double.faults.next('read', fault);
    expect(await log.readStream('list-a')).toEqual(whole);
    expect(world.double.faults.left('read')).toBe(0);
  });

  it.each<Call>(['head', 'readAll'])(
    'for which the server searches long (%s) are waited for while it answers others',
    async (call) => {
      world = await doubleWorld();
      const log = await world.open({ patience: { ...TEST_PATIENCE, call: 2_000 } });
      await log.append(newAppend('list-a'));
      const whole = await everythingOf(log)[call]();
      world.double.faults.next('read', { kind: 'delay' });
      const searching = everythingOf(log)[call]();
      await world.double.held();
      await world.double.asked(3);
      world.double.faults.release();
      expect(await searching).toEqual(whole);
    },
  );

  it('of hundreds of streams at once do not block each other', async () => {
    world = await doubleWorld();
    const log = await world.open();
    const appends = Array.from({ length: 400 }, (_, index) => newAppend(`list-${index}`, 1));
    await log.appendMany(appends);
    const found = await log.readStreams(appends.map(({ stream }) => stream));
    expect(found.map((events) => events.length)).toEqual(appends.map(() => 1));
  });

  it('see nothing of the server itself, nor of other ledgers on it', async () => {
    world = await doubleWorld();
    const [plain, prefixed] = [await world.open(), await world.open({ streamPrefix: 'other' })];
    await plain.append(newAppend('list-a', 1));
    await prefixed.append(newAppend('list-a', 2));
    world.double.addForeign('$projections-$all', '$ProjectionCreated', '{}');
    world.double.addForeign('$ce-list', '$>', '0@list-a');
    expect(await plain.readAll({ limit: 9 })).toHaveLength(1);
    expect(await prefixed.readAll({ limit: 9 })).toHaveLength(2);
    expect(await prefixed.readStream('list-a')).toHaveLength(2);
    expect(await plain.head()).toBe((await plain.readStream('list-a')).at(-1)?.position);
    expect((await plain.identity()).logId).not.toBe((await prefixed.identity()).logId);
  });
});

describe('LED: a server that is away', () => {
  it.each<Call>([
    'append',
    'appendMany',
    'readStream',
    'readStreams',
    'readAll',
    'head',
    'waitForAppend',
  ])('makes %s fail in time, in words that help', async (call) => {
    world = await doubleWorld();
    const log = await world.open({ patience: IMPATIENCE });
    await world.double.stop();
    await expect(everythingOf(log)[call]()).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining(`127.0.0.1:${world.double.port}`),
    });
  });

  it.each<Call>(['append', 'readStream', 'readStreams', 'readAll', 'head'])(
    'or accepts everything and answers nothing makes %s fail in time',
    async (call) => {
      world = await doubleWorld();
      const log = await world.open({ patience: IMPATIENCE });
      world.double.freeze();
      await expect(everythingOf(log)[call]()).rejects.toMatchObject({ code: 'unreachable' });
    },
  );

  it('and comes back is used again by the same log, and has lost nothing', async () => {
    const journal = join(mkdtempSync(join(tmpdir(), 'attesta-double-')), 'journal');
    world = await doubleWorld({ journal });
    const [log, impatient] = [await world.open(), await world.open({ patience: IMPATIENCE })];
    await log.append(newAppend('list-a', 3));
    const before = await log.readAll({ limit: 9 });
    await world.double.stop();
    const appending = impatient.append(newAppend('list-b'));
    await expect(appending).rejects.toMatchObject({ code: 'unreachable' });
    const again = await startWireDouble({ journal, port: world.double.port });
    await log.append(newAppend('list-b', 1));
    expect((await log.readAll({ limit: 9 })).slice(0, 3)).toEqual(before);
    await log.close();
    await again.stop();
  });

  it('for a moment is waited for', async () => {
    const journal = join(mkdtempSync(join(tmpdir(), 'attesta-double-')), 'journal');
    world = await doubleWorld({ journal });
    const log = await world.open();
    const waiting = log.waitForAppend(undefined, never);
    await world.double.stop();
    const appending = log.append(newAppend('list-a', 2));
    const again = await startWireDouble({ journal, port: world.double.port });
    expect(await appending).toMatchObject({ revision: 1 });
    expect(await waiting).toBe(true);
    await log.close();
    await again.stop();
  });

  it('does not keep a log from being closed', async () => {
    world = await doubleWorld();
    const log = await world.open({ patience: IMPATIENCE });
    world.double.freeze();
    const lost = expect(log.append(newAppend('list-a'))).rejects.toMatchObject({
      code: 'unreachable',
    });
    const told = expect(log.waitForAppend(undefined, never)).rejects.toMatchObject({
      name: 'EventLogUnavailable',
    });
    await log.close();
    await Promise.all([lost, told]);
  });
});

describe('LED: waiting for an append', () => {
  it.each([
    ['breaks', { kind: 'disconnect', after: 0 }],
    ['brings what is no message', { kind: 'malformed' }],
    ['falls silent without an error', { kind: 'stall' }],
  ] as const)('goes on when the subscription %s', async (_, fault) => {
    world = await doubleWorld();
    const [log, other] = [await world.open(), await world.open()];
    const { position } = await other.append(newAppend('list-a'));
    world.double.faults.next('subscription', fault);
    const waiting = log.waitForAppend(position, never);
    await world.double.subscribed();
    await other.append(newAppend('list-b'));
    expect(await waiting).toBe(true);
    const next = log.waitForAppend(await log.head(), never);
    await other.append(newAppend('list-c'));
    expect(await next).toBe(true);
  });

  it('takes one subscription, however many wait', async () => {
    world = await doubleWorld();
    const [log, other] = [await world.open(), await world.open()];
    const waiting = Array.from({ length: 150 }, () => log.waitForAppend(undefined, never));
    await world.double.subscribed();
    expect(world.double.subscriptions()).toBe(1);
    await other.append(newAppend('list-a'));
    expect(new Set(await Promise.all(waiting))).toEqual(new Set([true]));
    expect(await log.readAll({ limit: 9 })).toHaveLength(2);
  });
});
