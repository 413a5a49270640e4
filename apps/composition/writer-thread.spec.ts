import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isShredded } from '#domain/kernel/index';
import { writingThrough } from '#libs/ledger/index';
import {
  contextOf,
  notebookStream,
  noteTaken,
  type NoteTaken,
} from '#libs/ledger/testing/notebook';
import { openEngines } from './engines.ts';
import { startWriterThread } from './writer-thread.ts';

const noFailure = (): never => {
  throw new Error('Nothing should fail here.');
};
const note = {
  format: notebookStream,
  key: 'ann',
  expected: 'no-stream',
  events: [noteTaken('hair', 'red')],
  context: contextOf('0d8b5b0e-53a1-4f7e-9a5c-5b8f3f1e7c42'),
} as const;

describe('the thread that writes', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'attesta-writer-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('writes to the ledger that this thread reads, under the same root key', async () => {
    const config = { dataDirectory: directory, rootKey: new Uint8Array(32).fill(7) };
    const engines = await openEngines(config, noFailure);
    const writer = engines.startWriter();
    await writingThrough(engines.ledger, writer).append(note);
    const [recorded] = await engines.ledger.read(notebookStream, 'ann');
    const { personal } = recorded?.event as NoteTaken;
    expect(!isShredded(personal) && personal.reveal()).toEqual({ text: 'red' });
    await writer.close();
    await expect(writingThrough(engines.ledger, writer).append(note)).rejects.toThrow('has ended');
    await engines.close();
  });

  it('says why it cannot write, to whoever asks it to', async () => {
    await writeFile(path.join(directory, 'ledger.sqlite'), 'This is no ledger. '.repeat(500));
    const writer = startWriterThread({ dataDirectory: directory }, noFailure);
    await expect(writer.write([])).rejects.toMatchObject({
      name: 'EventLogUnavailable',
      code: 'corrupt',
    });
    await writer.close();
  });
});
