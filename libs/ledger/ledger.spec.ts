import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  AccountId,
  Clear,
  FormId,
  instantOf,
  isShredded,
  SHREDDED,
  type AnyEvent,
  type Recorded,
} from '#domain/kernel/index';
import { VersionConflict, type EventLog, type StreamAppend } from '#libs/event-log/port';
import { embeddedKeyring } from '#libs/keyring/embedded/index';
import type { Keyring } from '#libs/keyring/port';
import { canonicalJson } from './canonical-json.ts';
import { uuidV5 } from './ids.ts';
import { openLedger } from './open-ledger.ts';
import { NOTHING_PERSONAL, type Ledger, type LedgerAppend, type StreamFormat } from './port.ts';
import { sweepUnusedKeys } from './sweep-unused-keys.ts';
import { inMemoryEventLog } from './testing/in-memory-event-log.ts';
import {
  contextOf,
  notebookStream,
  noteTaken,
  testAccount,
  type NotebookEvent,
} from './testing/notebook.ts';

const format = notebookStream as unknown as StreamFormat<AnyEvent>;
const otherAccount = AccountId.parse('acc_01jd0000000000000000000001');
const closing: NotebookEvent = { type: 'NotebookClosed', data: { reason: 'full' } };

describe('the ledger', () => {
  let directory: string;
  let eventLog: EventLog;
  let keyring: Keyring;
  let ledger: Ledger;
  let time = 0;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'attesta-ledger-'));
    eventLog = inMemoryEventLog();
    keyring = embeddedKeyring({ directory, now: () => time });
    ledger = openLedger({ eventLog, keyring });
  });
  afterEach(async () => {
    await keyring.close();
    rmSync(directory, { recursive: true });
  });

  const append = (
    key: string,
    events: readonly NotebookEvent[],
    more: Partial<LedgerAppend<NotebookEvent>> = {},
  ): LedgerAppend<NotebookEvent> => ({
    format: notebookStream,
    key,
    expected: 'no-stream',
    events,
    context: contextOf(randomUUID()),
    ...more,
  });
  const texts = (history: readonly Recorded<NotebookEvent>[]) =>
    history.map(({ event }) => {
      if (event.type === 'NotebookClosed') return event.data.reason;
      return isShredded(event.personal) ? SHREDDED : event.personal.reveal().text;
    });

  it('gives back events and everything said about them (LED-2)', async () => {
    const commandId = randomUUID();
    const context = contextOf(commandId, {
      occurredAt: instantOf(1_600_000_000_000),
      wording: { wordingId: 'wrd_1', version: 3, hash: 'abc' },
      policyVersion: '2',
      evidence: { formId: FormId.parse('form_01jd0000000000000000000000'), row: 7 },
    });
    const appended = await ledger.append(
      append('ann', [noteTaken('hair', 'red'), closing], { context }),
    );
    const history = await ledger.read(notebookStream, 'ann');

    expect(texts(history)).toEqual(['red', 'full']);
    expect(history.map(({ revision }) => revision)).toEqual([0, 1]);
    expect(history.map(({ id }) => id)).toEqual([uuidV5(commandId, '0'), uuidV5(commandId, '1')]);
    expect(history[1]).toMatchObject({ ...appended, stream: 'notebook-ann' });
    expect(history[0]?.metadata).toEqual({
      accountId: testAccount,
      actor: context.actor,
      channel: 'api',
      occurredAt: instantOf(1_600_000_000_000),
      recordedAt: context.now,
      correlationId: 'correlation-1',
      causationId: commandId,
      wording: context.wording,
      policyVersion: '2',
      evidence: context.evidence,
    });
  });

  it('reads from a revision on, and nothing of a stream that is not there', async () => {
    await ledger.append(append('ann', [noteTaken('a', '1'), noteTaken('b', '2')]));
    expect(texts(await ledger.read(notebookStream, 'ann', { from: 1 }))).toEqual(['2']);
    expect(await ledger.read(notebookStream, 'ann', { from: 2 })).toEqual([]);
    expect(await ledger.read(notebookStream, 'nobody')).toEqual([]);
  });

  it('decode(encode(e)) = e for any event', async () => {
    const text = fc.string({ unit: 'grapheme' });
    let index = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text), { minLength: 1 }), async (notes) => {
        const key = `note ${(index += 1)}`;
        const events = notes.map(([topic, note]) => noteTaken(topic, note));
        await ledger.append(append(key, events));
        const history = await ledger.read(notebookStream, key);
        expect(history.map(({ event }) => event.data)).toEqual(events.map(({ data }) => data));
        expect(texts(history)).toEqual(notes.map(([, note]) => note));
      }),
      { numRuns: 50 },
    );
  });

  it('stores canonical bytes, a fresh salt for each event, and nothing personal in clear (T-02, T-04, PRV-2)', async () => {
    await ledger.append(append('ann', [noteTaken('b', 'Ann Smith'), noteTaken('a', 'Ann Smith')]));
    const stored = await eventLog.readStream('notebook-ann');
    for (const { data, metadata, personal } of stored) {
      expect(data).toBe(canonicalJson(JSON.parse(data)));
      expect(metadata).toBe(canonicalJson(JSON.parse(metadata)));
      expect(Buffer.from(personal!).includes('Ann')).toBe(false);
      expect(`${data}${metadata}`).not.toContain('Ann');
    }
    const salts = stored.map(({ metadata }) => (JSON.parse(metadata) as { z: string }).z);
    expect(new Set(salts).size).toBe(2);
    expect(Buffer.from(salts[0]!, 'base64')).toHaveLength(16);
    // The form of the metadata is the storage format: what was written once must be read for ever.
    expect(
      stored[0]?.metadata.replace(/"z":".*"/, '"z":"…"').replace(/"cau":".{36}"/, '"cau":"…"'),
    ).toBe(
      '{"acc":"acc_01jd0000000000000000000000","act":{"id":"key_01jd0000000000000000000000","kind":"api-client"},' +
        '"cau":"…","cha":"api","cor":"correlation-1","rec":"2023-11-14T22:13:20.000Z","z":"…"}',
    );
  });

  it('refuses what JSON would change, and stores nothing then', async () => {
    const bad = append('ann', [noteTaken('half \ud800', 'x')]);
    await expect(ledger.append(bad)).rejects.toThrow(TypeError);
    await expect(ledger.append(append('ann', [noteTaken('x', '\udc00')]))).rejects.toThrow(
      TypeError,
    );
    expect(await eventLog.head()).toBeUndefined();
  });

  it('makes the key durable before the event that needs it', async () => {
    let keyWasThere = false;
    const watched: EventLog = {
      ...eventLog,
      appendMany: async (appends: readonly StreamAppend[]) => {
        const another = embeddedKeyring({ directory });
        const [key] = await another.find([{ accountId: testAccount, subject: 'ann' }]);
        await another.close();
        keyWasThere = key !== undefined;
        return eventLog.appendMany(appends);
      },
    };
    await openLedger({ eventLog: watched, keyring }).append(append('ann', [noteTaken('a', '1')]));
    expect(keyWasThere).toBe(true);
  });

  it('makes no key where nothing is personal', async () => {
    await ledger.append(append('ann', [closing]));
    expect(await keyring.find([{ accountId: testAccount, subject: 'ann' }])).toEqual([undefined]);
  });

  it('keeps the skeleton of a person whose key was destroyed, and what comes later stays readable (P-28, P-31)', async () => {
    await ledger.append(append('ann', [noteTaken('hair', 'red'), noteTaken('eyes', 'green')]));
    await ledger.append(append('bob', [noteTaken('hair', 'brown')]));
    await keyring.destroy({ accountId: testAccount, subject: 'ann' });
    expect(texts(await ledger.read(notebookStream, 'ann'))).toEqual([SHREDDED, SHREDDED]);
    await ledger.append(append('ann', [noteTaken('hat', 'blue')], { expected: 1 }));
    const [ann, bob] = await ledger.readMany(notebookStream, ['ann', 'bob']);
    expect(texts(ann!)).toEqual([SHREDDED, SHREDDED, 'blue']);
    expect(ann?.map(({ event }) => (event.type === 'NoteTaken' ? event.data.topic : ''))).toEqual([
      'hair',
      'eyes',
      'hat',
    ]);
    expect(texts(bob!)).toEqual(['brown']);
  });

  it('notices cipher text that was changed or moved to another event', async () => {
    await ledger.append(append('ann', [noteTaken('a', '1'), noteTaken('b', '2')]));
    const stored = await eventLog.readStream('notebook-ann');
    const swapped = openLedger({
      keyring,
      eventLog: {
        ...eventLog,
        readStream: async () => [{ ...stored[0]!, personal: stored[1]!.personal! }],
      },
    });
    await expect(swapped.read(notebookStream, 'ann')).rejects.toMatchObject({
      code: 'stored-event-unreadable',
      message: expect.stringContaining('notebook-ann'),
    });
  });

  it.each([
    ['data that is no JSON', { data: '{"text":"Ann' }],
    ['data of another form', { data: '{"subject":1}' }],
    ['metadata that is incomplete', { metadata: '{}' }],
  ])('refuses %s by the name of the event, quoting nothing', async (_what, damage) => {
    await ledger.append(append('ann', [noteTaken('a', '1')]));
    const [stored] = await eventLog.readStream('notebook-ann');
    const damaged = { ...eventLog, readStream: async () => [{ ...stored!, ...damage }] };
    const reading = openLedger({ keyring, eventLog: damaged }).read(notebookStream, 'ann');
    await expect(reading).rejects.toMatchObject({
      code: 'stored-event-unreadable',
      message: expect.not.stringContaining('Ann'),
    });
  });

  it('refuses stored types that it does not know', async () => {
    await ledger.append(append('ann', [closing]));
    const codec = { ...notebookStream.codec, encode: () => ({ type: 'NoteEaten.v9', data: {} }) };
    await ledger.append(append('bob', [closing], { format: { ...notebookStream, codec } }));
    await expect(ledger.read(notebookStream, 'bob')).rejects.toMatchObject({
      code: 'unknown-event-type',
      storedType: 'NoteEaten.v9',
    });
  });

  it('refuses personal data in streams that are nobody’s', async () => {
    const { subjectOf: _subjectOf, ...nobodys } = notebookStream;
    await expect(
      ledger.append(append('ann', [noteTaken('a', '1')], { format: nobodys })),
    ).rejects.toThrow('notebook');
  });

  it('tells a conflict', async () => {
    await ledger.append(append('ann', [closing]));
    await expect(ledger.append(append('ann', [closing]))).rejects.toThrow(VersionConflict);
  });

  it('appends many, each with its own outcome', async () => {
    await ledger.append(append('ann', [closing]));
    const outcomes = await ledger.appendMany([
      append('bob', [noteTaken('a', '1')]),
      append('ann', [closing]),
      append('cid', [noteTaken('a', '2'), closing]),
    ]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, true]);
    const histories = await ledger.readMany(notebookStream, ['cid', 'nobody', 'bob', 'cid']);
    expect(histories.map(texts)).toEqual([['2', 'full'], [], ['1'], ['2', 'full']]);
    expect(await ledger.appendMany([])).toEqual([]);
  });

  it('keeps one person’s data of two accounts under two keys (P-25)', async () => {
    await ledger.append(append('ann', [noteTaken('a', '1')]));
    await ledger.append(
      append('ann', [noteTaken('b', '2')], {
        expected: 0,
        context: contextOf(randomUUID(), { accountId: otherAccount }),
      }),
    );
    await keyring.destroy({ accountId: testAccount, subject: 'ann' });
    expect(texts(await ledger.read(notebookStream, 'ann'))).toEqual([SHREDDED, '2']);
  });

  it('pages through everything of the categories asked for', async () => {
    const diary = { ...format, category: 'diary' };
    await ledger.append(append('ann', [noteTaken('a', '1'), noteTaken('b', '2')]));
    await ledger.append({ ...append('ann', [noteTaken('c', '3')]), format: diary });
    await ledger.append(append('bob', [closing]));
    const page = async (after: Recorded<AnyEvent> | undefined, formats = [format, diary]) =>
      ledger.readAll({ after: after?.position, limit: 3, formats });
    const first = await page(undefined);
    expect(first.map(({ stream }) => stream)).toEqual([
      'notebook-ann',
      'notebook-ann',
      'diary-ann',
    ]);
    expect((await page(first.at(-1))).map(({ stream }) => stream)).toEqual(['notebook-bob']);
    expect((await page(undefined, [diary])).map(({ stream }) => stream)).toEqual(['diary-ann']);
    expect(await ledger.head()).toBe((await page(first.at(-1))).at(-1)?.position);
    await expect(page(undefined, [diary, diary])).rejects.toThrow('same category');
  });

  it('leaves personal parts closed for readers that need none', async () => {
    await ledger.append(append('ann', [noteTaken('a', '1')]));
    const everything = { limit: 9, formats: [format] };
    const [open] = await ledger.readAll(everything);
    const opening = async (...types: string[]) =>
      (await ledger.readAll({ ...everything, opens: new Set(types) }))[0]?.event.personal;
    expect(open?.event.personal).toBeInstanceOf(Clear);
    expect(await opening('NoteTaken')).toBeInstanceOf(Clear);
    expect(await opening('NoteLost')).toBe(SHREDDED);
    expect(await opening()).toBe(SHREDDED);
    const [alone] = await ledger.read(format, 'ann', NOTHING_PERSONAL);
    const [[among] = []] = await ledger.readMany(format, ['ann'], NOTHING_PERSONAL);
    expect([alone?.event.personal, among?.event.personal]).toEqual([SHREDDED, SHREDDED]);
    expect((await ledger.read(format, 'ann'))[0]?.event.personal).toBeInstanceOf(Clear);
  });

  it('sweeps keys that no stream uses, and only those of the age given', async () => {
    time = 1_000;
    await keyring.ensure([{ accountId: testAccount, subject: 'died before the event' }]);
    await ledger.append(append('ann', [noteTaken('a', '1')]));
    time = 5_000;
    await keyring.ensure([{ accountId: testAccount, subject: 'under way' }]);
    const sweep = (madeBefore: number) =>
      sweepUnusedKeys({ eventLog, keyring, formats: [format], madeBefore });
    expect((await sweep(1_000)).swept).toBe(0);
    expect((await sweep(5_000)).swept).toBe(1);
    const subjects = ['died before the event', 'under way'].map((subject) => ({
      accountId: testAccount,
      subject,
    }));
    const [died, underWay] = await keyring.find(subjects);
    expect(died).toBeUndefined();
    expect(underWay).toBeDefined();
    expect(texts(await ledger.read(notebookStream, 'ann'))).toEqual(['1']);
  });

  it('sweeps through many pages', async () => {
    const subjects = Array.from({ length: 1_201 }, (_, index) => ({
      accountId: testAccount,
      subject: `subject ${index}`,
    }));
    await keyring.ensure(subjects);
    await ledger.append(append('subject 700', [noteTaken('a', '1')]));
    const { swept, last } = await sweepUnusedKeys({
      eventLog,
      keyring,
      formats: [format],
      madeBefore: time + 1,
    });
    expect(swept).toBe(1_200);
    expect(last).toEqual(subjects.at(-1));
    expect(texts(await ledger.read(notebookStream, 'subject 700'))).toEqual(['1']);
  });
});
