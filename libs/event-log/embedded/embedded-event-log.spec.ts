import { describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '#libs/sqlite/index';
import type { EventLogUnavailable } from '../port.ts';
import { describeEventLog } from '../testing/conformance.ts';
import { sampleEvents } from '../testing/sample-events.ts';
import { embeddedEventLog, LEDGER_FILE } from './embedded-event-log.ts';

const onFatal = (failure: EventLogUnavailable): void => {
  throw failure;
};

const makeFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'attesta-log-'));

describeEventLog('embedded', async () => {
  const directory = await makeFolder();
  return {
    open: () => embeddedEventLog({ directory, onFatal }),
    remove: () => rm(directory, { recursive: true }),
  };
});

describe('an embedded event log that cannot be used is refused by name', () => {
  it('when the file is no database', async () => {
    const directory = await makeFolder();
    const path = join(directory, LEDGER_FILE);
    await writeFile(path, 'no database '.repeat(1000));
    await expect(embeddedEventLog({ directory, onFatal })).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining(path),
    });
  });

  it('when the file is another database', async () => {
    const directory = await makeFolder();
    const migrations = ['CREATE TABLE other (x INTEGER)'];
    openDatabase(join(directory, LEDGER_FILE), { migrations, synchronous: 'FULL' }).close();
    await expect(embeddedEventLog({ directory, onFatal })).rejects.toMatchObject({
      code: 'corrupt',
    });
  });

  it('when the file was written by a newer version', async () => {
    const directory = await makeFolder();
    await (await embeddedEventLog({ directory, onFatal })).close();
    const path = join(directory, LEDGER_FILE);
    const migrations = ['', '', '', 'CREATE TABLE later (x INTEGER)'];
    const applicationId = 0x4154544c;
    openDatabase(path, { migrations, synchronous: 'FULL', applicationId }).close();
    await expect(embeddedEventLog({ directory, onFatal })).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining('newer version'),
    });
  });

  it('when the folder cannot be made', async () => {
    const directory = join(await makeFolder(), 'file');
    await writeFile(directory, '');
    await expect(embeddedEventLog({ directory, onFatal })).rejects.toMatchObject({
      code: 'cannot-open',
    });
  });
});

describe('an embedded event log whose file is damaged where opening does not look', () => {
  it('says so, asks the process to stop, and serves nothing from then on', async () => {
    const directory = await makeFolder();
    const path = join(directory, LEDGER_FILE);
    const healthy = await embeddedEventLog({ directory, onFatal });
    await healthy.append({ stream: 'list-a', expected: 'no-stream', events: sampleEvents(500) });
    await healthy.close();
    const bytes = await readFile(path);
    bytes.fill(0xff, 12 * 4096);
    await writeFile(path, bytes);

    const fatal = Promise.withResolvers<EventLogUnavailable>();
    const log = await embeddedEventLog({ directory, onFatal: fatal.resolve });
    await expect(log.readAll({ limit: 1000 })).rejects.toMatchObject({ code: 'corrupt' });
    expect((await fatal.promise).message).toContain(path);
    await expect(log.readStream('list-b')).rejects.toMatchObject({ code: 'corrupt' });
    const append = { stream: 'list-b', expected: 'no-stream' as const, events: sampleEvents(1) };
    await expect(log.append(append)).rejects.toMatchObject({ code: 'corrupt' });
  });
});
