import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AccountId, isShredded, type Recorded } from '#domain/kernel/index';
import { EventLogUnavailable, VersionConflict, type EventLog } from '#libs/event-log/port';
import { embeddedKeyring } from '#libs/keyring/embedded/index';
import { KeyringUnavailable, type Keyring } from '#libs/keyring/port';
import type { DraftAppend } from './draft-appends.ts';
import { draftLines, readDraftLines } from './draft-lines.ts';
import { openLedger } from './open-ledger.ts';
import type { Ledger } from './port.ts';
import { RemoteWriter, serveWriter } from './remote-writer.ts';
import { inMemoryEventLog } from './testing/in-memory-event-log.ts';
import { contextOf, notebookStream, noteTaken, type NotebookEvent } from './testing/notebook.ts';
import { ledgerWriter, writingThrough, type LedgerWriter } from './writer.ts';

const textOf = (recorded: Recorded<NotebookEvent> | undefined): string | undefined => {
  if (recorded?.event.type !== 'NoteTaken' || isShredded(recorded.event.personal)) return undefined;
  return recorded.event.personal.reveal().text;
};
const COMMAND = '0d8b5b0e-53a1-4f7e-9a5c-5b8f3f1e7c42';

describe('drafts as lines', () => {
  const line = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', ' '));
  const json = fc.json().map((text) => JSON.stringify(JSON.parse(text)));
  const draft: fc.Arbitrary<DraftAppend> = fc.record({
    stream: line,
    expected: fc.oneof(fc.nat(), fc.constant('no-stream' as const)),
    commandId: fc.uuid(),
    accountId: fc.constant(AccountId.parse('acc_01jd0000000000000000000001')),
    subject: fc.option(
      line.filter((text) => text !== ''),
      { nil: undefined },
    ),
    metadata: json,
    events: fc.array(
      fc.record({ type: line, data: json, personal: fc.option(json, { nil: undefined }) }),
      { minLength: 1 },
    ),
  });

  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.array(draft, { minLength: 1 }), (drafts) => {
        expect(readDraftLines(draftLines(drafts))).toEqual(drafts);
      }),
    );
  });

  it('refuse a name that would be two lines, and a text that ends early', () => {
    const [one] = fc.sample(draft, 1);
    expect(() => draftLines(one === undefined ? [] : [{ ...one, stream: 'a\nb' }])).toThrow(
      TypeError,
    );
    expect(() => readDraftLines('notebook-ann\nno-stream')).toThrow(TypeError);
  });
});

describe('a ledger that is written through a channel', () => {
  let directory: string;
  let keyring: Keyring;
  let eventLog: EventLog;
  let channel: MessageChannel;
  let remote: RemoteWriter;
  let ledger: Ledger;
  const serve = (writer: LedgerWriter): void => serveWriter(channel.port2, writer);
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'attesta-remote-'));
    keyring = embeddedKeyring({ directory });
    eventLog = inMemoryEventLog();
    channel = new MessageChannel();
    remote = new RemoteWriter(channel.port1);
    ledger = writingThrough(openLedger({ eventLog, keyring }), remote);
  });
  afterEach(async () => {
    channel.port1.close();
    await keyring.close();
    rmSync(directory, { recursive: true });
  });

  const note = (key: string, text: string) => ({
    format: notebookStream,
    key,
    expected: 'no-stream' as const,
    events: [noteTaken('topic', text)],
    context: contextOf(COMMAND),
  });

  it('records what it is told, and answers as the log does (LED-1)', async () => {
    serve(ledgerWriter(eventLog, keyring));
    const [ann, bea] = await ledger.appendMany([note('ann', 'a\nb "é" 🙂'), note('bea', '')]);
    expect(ann).toEqual({ ok: true, value: { revision: 0, position: expect.any(String) } });
    expect(bea).toMatchObject({ ok: true, value: { position: await ledger.head() } });
    const [recorded] = await ledger.read(notebookStream, 'ann');
    expect(textOf(recorded)).toBe('a\nb "é" 🙂');
  });

  it('writes a repeated append once, and tells a conflict from it', async () => {
    serve(ledgerWriter(eventLog, keyring));
    const first = await ledger.append(note('ann', 'one'));
    expect(await ledger.append(note('ann', 'one'))).toEqual(first);
    const other = { ...note('ann', 'two'), context: contextOf(COMMAND.replace('0d', '1d')) };
    const [outcome] = await ledger.appendMany([other]);
    expect(outcome?.ok === false && outcome.error).toBeInstanceOf(VersionConflict);
    await expect(ledger.append(other)).rejects.toMatchObject({
      stream: 'notebook-ann',
      expected: 'no-stream',
      actual: 0,
    });
  });

  it.each([
    new EventLogUnavailable('disk-full', 'The disk is full.'),
    new KeyringUnavailable('busy', 'The keyring is in use.'),
  ])('throws at this end what was thrown at the other: $name', async (failure) => {
    serve({ write: () => Promise.reject(failure) });
    const thrown = await ledger.append(note('ann', 'one')).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(failure.constructor);
    expect(thrown).toMatchObject({ code: failure.code, message: failure.message });
  });

  it('rejects what waits, and all that follows, once the other end is lost', async () => {
    const waiting = expect(ledger.append(note('ann', 'one'))).rejects.toThrow('gone');
    remote.lost(new Error('gone'));
    await waiting;
    await expect(ledger.append(note('bea', 'two'))).rejects.toThrow('gone');
  });
});
