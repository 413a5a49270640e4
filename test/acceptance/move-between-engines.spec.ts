import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ImportWorkbench } from '#apps/importer/testing/workbench';
import { embeddedEventLog } from '#libs/event-log/embedded/embedded-event-log';
import { eventStoreDbEventLog } from '#libs/event-log/eventstoredb/eventstoredb-event-log';
import type { EventLog } from '#libs/event-log/port';
import { contentsOf } from '#libs/event-log/testing/busy-log';
import { startWireDouble, type WireDouble } from '#libs/event-log/testing/wire-double/wire-double';
import { importPeople } from './support/imported-people.ts';
import { runToEnd, type Ended } from './support/program.ts';
import { until } from './support/until.ts';

const PEOPLE = 800;

const onFatal = (failure: Error): never => {
  throw failure;
};
const attesta = (words: readonly string[], language = 'C'): Promise<Ended> =>
  runToEnd('cli', words, { LC_ALL: language });

describe('moving a ledger to EventStoreDB and back, with its keys', () => {
  let folder: string;
  let double: WireDouble;
  let account: string;
  const place = (name: string): string => path.join(folder, name);
  const url = (): string => `esdb://somebody:secret@127.0.0.1:${String(double.port)}?tls=false`;
  const copyLedger = (from: string, to: string, ...more: string[]): Promise<Ended> =>
    attesta(['ledger', 'copy', '--from', from, '--to', to, ...more]);
  const contentsIn = async (name: string): Promise<readonly object[]> => {
    const log = await embeddedEventLog({ directory: place(name), onFatal });
    const contents = await contentsOf(log);
    await log.close();
    return contents;
  };
  const asCopy = async (): Promise<EventLog> => {
    const source = await embeddedEventLog({ directory: place('data'), onFatal });
    const { ledgerId } = await source.identity();
    await source.close();
    return eventStoreDbEventLog({ url: url(), ledgerId });
  };

  // Nothing is written to the source, so one is enough.
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'attesta-move-'));
    account = await importPeople(place('data'), PEOPLE);
  });
  afterAll(() => rm(folder, { recursive: true }));
  beforeEach(async () => {
    double = await startWireDouble();
  });
  afterEach(async () => {
    await double.stop();
    for (const name of ['back', 'copy', 'other', 'nowhere']) {
      await rm(place(name), { recursive: true, force: true });
    }
  });

  it('goes on after the process was killed in the middle, and every stream comes back byte for byte', async () => {
    const watching = await asCopy();
    // The first answer is held back, so that the copy is still in the middle when it is killed.
    double.faults.next('append', { kind: 'delay' });
    const killed = spawn(
      process.execPath,
      ['dist/apps/cli/main.js', 'ledger', 'copy', '--from', place('data'), '--to', url()],
      { stdio: 'ignore' },
    );
    await until('some events to be copied', async () => {
      const page = await watching.readAll({ limit: 50 });
      return page.length === 50;
    });
    killed.kill('SIGKILL');
    await once(killed, 'close');
    double.faults.release();
    const before = (await contentsOf(watching)).length;
    await watching.close();
    const original = await contentsIn('data');
    expect(before).toBeLessThan(original.length);

    const there = await copyLedger(place('data'), url(), '--json');
    expect(there.err).toBe('');
    const first = JSON.parse(there.out) as Record<string, unknown>;
    expect(first).toMatchObject({ events: original.length, copied: original.length - before });
    expect(there.out).not.toContain('secret');

    const back = await copyLedger(url(), place('back'), '--json');
    const second = JSON.parse(back.out) as Record<string, unknown>;
    expect(second).toMatchObject({
      ledgerId: first['ledgerId'],
      streams: first['streams'],
      digest: first['digest'],
      copied: original.length,
    });
    expect(await contentsIn('back')).toEqual(original);
  });

  it('answers the same in the other place, once the keys are there', async () => {
    await copyLedger(place('data'), url());
    await copyLedger(url(), place('back'));
    const about = (name: string, what: string): Promise<Ended> =>
      attesta([...what.split(' '), '--account', account, '--data-dir', place(name), '--json']);
    const without = await about('back', 'recipient state 7@people.example');
    expect(without.status).toBe(1);

    const keys = ['keyring', 'copy', '--from', place('data'), '--to', place('back')];
    const copied = await attesta([...keys, '--json']);
    expect(copied.err).toBe('');
    expect(JSON.parse(copied.out)).toMatchObject({ accounts: 1, copied: expect.any(Number) });
    // Whoever looked too early has left one that protects nothing.
    await copyFile(path.join(place('data'), 'root.key'), path.join(place('back'), 'root.key'));
    for (const what of [
      'recipient state 7@people.example',
      'recipient timeline 7@people.example',
      'mailable --at 2026-01-01T00:00:00Z',
    ]) {
      const [here, there] = [await about('data', what), await about('back', what)];
      expect(here.status).toBe(0);
      // Each place has positions of its own.
      const [one, other] = [here, there].map(({ out }) => out.replace(/"position": "[^"]+"/g, ''));
      expect(other).toBe(one);
      expect(there.status).toBe(0);
    }
  }, 60_000);

  it('finds a copy that was corrupted, and says where', async () => {
    await copyLedger(place('data'), place('copy'));
    const database = new DatabaseSync(path.join(place('copy'), 'ledger.sqlite'));
    database.exec(`UPDATE events SET data = '{"a":1}' WHERE position = 777`);
    database.close();
    const found = await copyLedger(place('data'), place('copy'), '--json');
    expect(found.status).toBe(1);
    expect(JSON.parse(found.out)).toMatchObject({
      code: 'copy-differs',
      detail: expect.stringMatching(/event \d+ of stream [a-z]+-/),
    });
  });

  it('refuses what cannot be meant, in the language of the reader', async () => {
    const other = await ImportWorkbench.open(place('other'));
    await other.close();
    const foreign = await copyLedger(place('data'), place('other'));
    expect([foreign.status, foreign.err]).toEqual([1, expect.stringContaining('another ledger')]);
    const same = await copyLedger(place('data'), place('data'));
    expect([same.status, same.err]).toEqual([1, expect.stringContaining('the same ledger')]);
    const nothing = await copyLedger(place('nowhere'), place('copy'));
    expect([nothing.status, nothing.err]).toEqual([1, expect.stringContaining('no ledger')]);
    const empty = await copyLedger(url(), place('copy'));
    expect([empty.status, empty.err]).toEqual([1, expect.stringContaining('no ledger')]);
    expect(empty.err).not.toContain('secret');
    const words = ['ledger', 'copy', '--from', place('data'), '--to', place('other')];
    const french = await attesta(words, 'fr_CA.UTF-8');
    expect(french.err).toContain('un autre registre');
    const keys = ['keyring', 'copy', '--from', place('data'), '--to', place('other')];
    const foreignKeys = await attesta(keys);
    expect([foreignKeys.status, foreignKeys.err]).toEqual([
      1,
      expect.stringContaining('another ledger'),
    ]);
  });
});
