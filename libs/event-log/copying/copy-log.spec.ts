import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { completeCopy as completeEmbeddedCopy } from '../embedded/complete-copy.ts';
import { embeddedEventLog, LEDGER_FILE } from '../embedded/embedded-event-log.ts';
import { completeCopy, eventStoreDbEventLog } from '../eventstoredb/eventstoredb-event-log.ts';
import type { EventLog, EventLogUnavailable } from '../port.ts';
import { contentsOf, fillLog } from '../testing/busy-log.ts';
import { sampleEvents } from '../testing/sample-events.ts';
import { startWireDouble, type WireDouble } from '../testing/wire-double/wire-double.ts';
import { copyLog, type Copying } from './copy-log.ts';

const onFatal = (failure: EventLogUnavailable): never => {
  throw failure;
};
const never = new AbortController().signal;
const EVENTS = 3_210;

describe('a copy to EventStoreDB and back', () => {
  let double: WireDouble;
  let folder: string;
  beforeEach(async () => {
    double = await startWireDouble();
    folder = mkdtempSync(join(tmpdir(), 'attesta-copy-'));
  });
  afterEach(async () => {
    await double.stop();
    rmSync(folder, { recursive: true });
  });
  const url = (): string => `esdb://127.0.0.1:${String(double.port)}?tls=false`;
  const onServer = (ledgerId?: string): Promise<EventLog> =>
    eventStoreDbEventLog({ url: url(), inOrder: true, ...(ledgerId && { ledgerId }) });
  const inFiles = (name: string, ledgerId?: string): Promise<EventLog> =>
    embeddedEventLog({ directory: join(folder, name), onFatal, ...(ledgerId && { ledgerId }) });
  const onProgress = (): void => undefined;

  it('gives every stream back byte for byte, and the total order', async () => {
    const source = await inFiles('source');
    await fillLog(source, 1_500);
    const { ledgerId } = await source.identity();
    const there = await onServer(ledgerId);
    const first = await copyLog({ source, target: there, onProgress, signal: never });
    const back = await inFiles('back', ledgerId);
    const second = await copyLog({ source: there, target: back, onProgress, signal: never });
    expect(second).toEqual(first);
    expect(first).toMatchObject({ events: 1_500, copied: 1_500 });
    expect(await contentsOf(back)).toEqual(await contentsOf(source));
    const identities = await Promise.all([source, there, back].map((log) => log.identity()));
    expect(new Set(identities.map((each) => each.ledgerId)).size).toBe(1);
    expect(new Set(identities.map((each) => each.logId)).size).toBe(3);
    await Promise.all([source, there, back].map((log) => log.close()));
  });

  it.each([
    ['before', 'drop-before-commit'],
    ['after', 'drop-after-commit'],
  ] as const)(
    'keeps the order when the connection breaks %s an event is stored',
    async (_, kind) => {
      const source = await inFiles('source');
      await fillLog(source, 2_500);
      const there = await onServer((await source.identity()).ledgerId);
      const breakOnce = (what: string, events: number): void => {
        if (what === 'copying' && events === 1_000) double.faults.next('append', { kind });
      };
      await copyLog({ source, target: there, onProgress: breakOnce, signal: never });
      expect(double.faults.left('append')).toBe(0);
      expect(await contentsOf(there)).toEqual(await contentsOf(source));
      await Promise.all([source, there].map((log) => log.close()));
    },
  );

  it('is not made from a server without a ledger, which stays empty', async () => {
    const asked = eventStoreDbEventLog({ url: url(), mustExist: true });
    await expect(asked).rejects.toMatchObject({ code: 'cannot-open' });
    const source = await inFiles('source');
    const { ledgerId } = await source.identity();
    const there = await onServer(ledgerId);
    expect((await there.identity()).ledgerId).toBe(ledgerId);
    await Promise.all([source, there].map((log) => log.close()));
  });

  it('serves nobody before it is complete', async () => {
    const source = await inFiles('source');
    await fillLog(source, 10);
    const { ledgerId } = await source.identity();
    const there = await onServer(ledgerId);
    await expect(onServer()).rejects.toMatchObject({
      code: 'half-created',
      message: expect.stringContaining('attesta ledger copy'),
    });
    await copyLog({ source, target: there, onProgress, signal: never });
    await there.close();
    for (let twice = 0; twice < 2; twice += 1) await completeCopy({ url: url(), ledgerId });
    const used = await onServer();
    expect(await contentsOf(used)).toEqual(await contentsOf(source));
    await Promise.all([source, used].map((log) => log.close()));
  });
});

describe('a copy of a log', () => {
  let folders: { source: string; target: string };
  let source: EventLog;
  let target: EventLog;
  let opened: EventLog[];
  const open = async (directory: string, ledgerId?: string): Promise<EventLog> => {
    const log = await embeddedEventLog({ directory, onFatal, ...(ledgerId && { ledgerId }) });
    opened.push(log);
    return log;
  };
  const copy = (some: Partial<Copying> = {}) =>
    copyLog({ source, target, onProgress: () => undefined, signal: never, ...some });
  const change = (statement: string): void => {
    const database = new DatabaseSync(join(folders.target, LEDGER_FILE));
    database.exec(statement);
    database.close();
  };

  beforeEach(async () => {
    opened = [];
    const folder = (): string => mkdtempSync(join(tmpdir(), 'attesta-copy-'));
    folders = { source: folder(), target: folder() };
    source = await open(folders.source);
    await fillLog(source, EVENTS);
    target = await open(folders.target, (await source.identity()).ledgerId);
  });
  afterEach(async () => {
    for (const log of opened) await log.close();
    for (const folder of Object.values(folders)) rmSync(folder, { recursive: true });
  });

  it('has the same streams with the same bytes, in the same order, under the same ledger id', async () => {
    const seen: [string, number][] = [];
    const result = await copy({ onProgress: (what, events) => seen.push([what, events]) });
    expect(result).toMatchObject({ events: EVENTS, streams: 97, copied: EVENTS });
    expect(result.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(await contentsOf(target)).toEqual(await contentsOf(source));
    const [one, other] = [await source.identity(), await target.identity()];
    expect(other.ledgerId).toBe(one.ledgerId);
    expect(other.logId).not.toBe(one.logId);
    expect(seen).toContainEqual(['copying', EVENTS]);
    expect(seen.at(-1)).toEqual(['comparing', EVENTS]);
  });

  it('is found complete when it is asked for once more, by the same digest', async () => {
    const first = await copy();
    expect(await copy()).toEqual({ ...first, copied: 0 });
  });

  it('goes on where it was interrupted', async () => {
    const stop = new AbortController();
    const interrupted = copy({
      signal: stop.signal,
      onProgress: (what, events) => {
        if (what === 'copying' && events >= 2_000) stop.abort();
      },
    });
    await expect(interrupted).rejects.toMatchObject({ code: 'copy-aborted' });
    expect(await contentsOf(target)).toHaveLength(2_000);
    expect(await copy()).toMatchObject({ events: EVENTS, copied: EVENTS - 2_000 });
    expect(await contentsOf(target)).toEqual(await contentsOf(source));
  });

  it('also goes on within what was one append', async () => {
    await target.close();
    target = await open(folders.target, (await source.identity()).ledgerId);
    const [first, ...others] = await source.readAll({ limit: 5 });
    expect(others.length).toBe(4);
    const { stream, revision: _, position: __, ...event } = first!;
    await target.append({ stream, expected: 'no-stream', events: [event] });
    expect(await copy()).toMatchObject({ copied: EVENTS - 1 });
    expect(await contentsOf(target)).toEqual(await contentsOf(source));
  });

  it('takes along what is written to the source meanwhile', async () => {
    let isLate = true;
    const result = await copy({
      source: {
        readAll: async (options) => {
          const page = await source.readAll(options);
          if (isLate && page.length === 0) {
            isLate = false;
            await source.append({
              stream: 'list-late',
              expected: 'no-stream',
              events: sampleEvents(3),
            });
          }
          return page;
        },
      },
    });
    expect(result.events).toBe((await contentsOf(source)).length);
  });

  it.each([
    ['its data', "UPDATE events SET data = '{}' WHERE position = 1500"],
    ['its metadata', "UPDATE events SET metadata = '{}' WHERE position = 1500"],
    ['its type', "UPDATE events SET type = 'Other.v1' WHERE position = 1500"],
    ['its id', 'UPDATE events SET id = randomblob(16) WHERE position = 1500'],
    ['its personal part', "UPDATE events SET personal = x'00' WHERE position = 1500"],
    ['the lack of one', 'UPDATE events SET personal = NULL WHERE position = 1502'],
    ['nothing of it left', 'DELETE FROM events WHERE position = 1500'],
  ])('that differs in one event by %s is found', async (_what, statement) => {
    await copy();
    change(statement);
    await expect(copy()).rejects.toMatchObject({
      code: 'copy-differs',
      message: expect.stringMatching(/event \d+ of stream recipient-\d+/),
    });
  });

  it('that was cut at its end is completed', async () => {
    await copy();
    change(`DELETE FROM events WHERE position > ${EVENTS - 10}`);
    expect(await copy()).toMatchObject({ copied: 10 });
  });

  it('that was written since is refused', async () => {
    await copy();
    await target.append({ stream: 'list-new', expected: 'no-stream', events: sampleEvents(1) });
    const refusal = { code: 'target-goes-on', message: expect.stringContaining('list-new') };
    await expect(copy()).rejects.toMatchObject(refusal);
  });

  it('serves nobody before it is complete', async () => {
    await target.close();
    await expect(open(folders.target)).rejects.toMatchObject({
      code: 'half-created',
      message: expect.stringContaining('attesta ledger copy'),
    });
    target = await open(folders.target, (await source.identity()).ledgerId);
    await copy();
    await target.close();
    await completeEmbeddedCopy(folders.target);
    target = await open(folders.target);
    expect(await contentsOf(target)).toHaveLength(EVENTS);
  });

  it('of an empty log is empty', async () => {
    const empty = await open(join(folders.source, 'empty'));
    expect(await copy({ source: empty })).toMatchObject({ events: 0, streams: 0, copied: 0 });
  });
});
