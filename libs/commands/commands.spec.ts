import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { VersionConflict } from '#libs/event-log/port';
import { embeddedKeyring } from '#libs/keyring/embedded/index';
import type { Keyring } from '#libs/keyring/port';
import { openLedger } from '#libs/ledger/open-ledger';
import type { Ledger } from '#libs/ledger/port';
import { inMemoryEventLog } from '#libs/ledger/testing/in-memory-event-log';
import {
  contextOf,
  notebookStream,
  type Notebook,
  type NotebookCommand,
  type NotebookEvent,
  type NotebookRefusal,
} from '#libs/ledger/testing/notebook';
import { handle, handleMany, StateCache, type CommandRequest } from './index.ts';

type Request = CommandRequest<NotebookCommand, Notebook, NotebookEvent, NotebookRefusal>;

const take = (topic: string): NotebookCommand => ({ type: 'TakeNote', topic, text: `on ${topic}` });
const close: NotebookCommand = { type: 'Close', reason: 'full' };
const request = (key: string, command: NotebookCommand, more: Partial<Request> = {}): Request => ({
  definition: notebookStream,
  key,
  command,
  context: contextOf(randomUUID()),
  ...more,
});

let directory: string;
let keyring: Keyring;
let ledger: Ledger;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'attesta-commands-'));
  keyring = embeddedKeyring({ directory });
  ledger = openLedger({ eventLog: inMemoryEventLog(), keyring });
});
afterEach(async () => {
  await keyring.close();
  rmSync(directory, { recursive: true });
});

const carryOut = (on: Ledger, each: Request) => handle(on, each);

/** A ledger in which somebody else writes to the stream right before each append, so many times. */
const contested = (times: number, key = 'ann'): { ledger: Ledger; appends: () => number } => {
  let left = times;
  let appends = 0;
  const interfere = async (): Promise<void> => {
    appends += 1;
    if (left === 0) return;
    left -= 1;
    await handle(ledger, request(key, take(`by somebody else ${left}`)));
  };
  return {
    appends: () => appends,
    ledger: {
      ...ledger,
      append: async (append) => {
        await interfere();
        return ledger.append(append);
      },
      appendMany: async (all) => {
        await interfere();
        return ledger.appendMany(all);
      },
    },
  };
};
const topics = async (key: string): Promise<readonly string[]> =>
  (await new StateCache(ledger).get(notebookStream, key)).state.topics;

describe('handle', () => {
  it('carries out a command and says what came of it', async () => {
    const first = await handle(ledger, request('ann', take('hair')));
    const second = await handle(ledger, request('ann', take('eyes')));
    const head = await ledger.head();
    expect(first).toMatchObject({ ok: true, value: { revision: 0, repeated: false } });
    expect(second).toMatchObject({
      ok: true,
      value: {
        state: { topics: ['hair', 'eyes'], closed: false },
        revision: 1,
        position: head,
        events: [{ type: 'NoteTaken', data: { topic: 'eyes' } }],
        repeated: false,
      },
    });
  });

  it('changes nothing when it is so already', async () => {
    await handle(ledger, request('ann', take('hair')));
    const again = await handle(ledger, request('ann', take('hair')));
    expect(again).toMatchObject({ ok: true, value: { revision: 0, events: [], repeated: false } });
    expect(await ledger.read(notebookStream, 'ann')).toHaveLength(1);
  });

  it('answers the same when the very same command comes again, whatever happened since', async () => {
    const command = request('ann', take('hair'), { ifRevision: -1 });
    const first = await handle(ledger, command);
    await handle(ledger, request('ann', close));
    const again = await handle(ledger, command);
    if (!first.ok || !again.ok) throw new Error('Refused.');
    expect(again.value).toEqual({ ...first.value, events: [], repeated: true });
    expect(await ledger.read(notebookStream, 'ann')).toHaveLength(2);
  });

  it('passes a refusal on', async () => {
    await handle(ledger, request('ann', close));
    expect(await handle(ledger, request('ann', take('hair')))).toMatchObject({
      ok: false,
      error: { code: 'closed' },
    });
  });

  it('refuses as stale what was decided on an older revision (If-Match)', async () => {
    await handle(ledger, request('ann', take('hair')));
    const stale = { ok: false, error: { code: 'stale' } };
    expect(await handle(ledger, request('ann', close, { ifRevision: -1 }))).toMatchObject(stale);
    expect(await handle(ledger, request('ann', close, { ifRevision: 1 }))).toMatchObject(stale);
    expect(await handle(ledger, request('ann', close, { ifRevision: 0 }))).toMatchObject({
      ok: true,
    });
  });

  it('decides again when somebody else was faster', async () => {
    const { ledger: crowded, appends } = contested(9);
    const outcome = await handle(crowded, request('ann', take('mine')));
    expect(outcome).toMatchObject({ ok: true, value: { revision: 9 } });
    expect(appends()).toBe(10);
    expect((await topics('ann')).at(-1)).toBe('mine');
  });

  it('throws when somebody else was faster ten times', async () => {
    const { ledger: crowded, appends } = contested(10);
    await expect(handle(crowded, request('ann', take('mine')))).rejects.toThrow(VersionConflict);
    expect(appends()).toBe(10);
  });

  it('does not decide again for a caller who said which revision they saw', async () => {
    const { ledger: crowded, appends } = contested(1);
    const outcome = await handle(crowded, request('ann', take('mine'), { ifRevision: -1 }));
    expect(outcome).toMatchObject({ ok: false, error: { code: 'stale' } });
    expect(appends()).toBe(1);
  });

  it('loses nothing when many write at once', async () => {
    const names = Array.from({ length: 10 }, (_, index) => `topic ${index}`);
    await Promise.all(names.map((name) => handle(ledger, request('ann', take(name)))));
    expect([...(await topics('ann'))].sort()).toEqual(names);
  });
});

describe('handleMany', () => {
  it('carries out commands on many streams with one append', async () => {
    const { ledger: counted, appends } = contested(0);
    await handle(ledger, request('bob', take('hair')));
    await handle(ledger, request('cid', close));
    const outcomes = await handleMany(counted, [
      request('ann', take('hair')),
      request('bob', take('hair')),
      request('cid', take('hair')),
      request('bob', take('eyes')),
      request('dan', take('hair'), { ifRevision: 3 }),
    ]);
    expect(outcomes).toMatchObject([
      { ok: true, value: { created: true, revision: 0, repeated: false } },
      { ok: true, value: { created: false, revision: 0, events: [] } },
      { ok: false, error: { code: 'closed' } },
      { ok: true, value: { created: false, revision: 1, state: { topics: ['hair', 'eyes'] } } },
      { ok: false, error: { code: 'stale' } },
    ]);
    expect(appends()).toBe(1);
  });

  it('does nothing for an empty batch', async () => {
    expect(await handleMany(ledger, [])).toEqual([]);
  });

  it('applies several commands to one stream in their order', async () => {
    const outcomes = await handleMany(ledger, [
      request('ann', take('a')),
      request('ann', take('b')),
      request('ann', take('a')),
      request('ann', close),
      request('ann', take('c')),
    ]);
    expect(outcomes).toMatchObject([
      { ok: true, value: { created: true, revision: 0 } },
      { ok: true, value: { created: false, revision: 1 } },
      { ok: true, value: { revision: 1, events: [] } },
      { ok: true, value: { revision: 2 } },
      { ok: false, error: { code: 'closed' } },
    ]);
  });

  it('recognises a batch that comes again, and a command that a batch holds twice', async () => {
    const batch = [request('ann', take('a')), request('ann', take('b')), request('bob', close)];
    const first = await handleMany(ledger, batch);
    const again = await handleMany(ledger, [...batch, batch[0]!]);
    expect(again.map((outcome) => outcome.ok && outcome.value)).toEqual(
      [...first, first[0]!].map(
        (outcome) => outcome.ok && { ...outcome.value, events: [], repeated: true },
      ),
    );
    const twice = request('eve', close);
    expect(await handleMany(ledger, [twice, twice])).toMatchObject([
      { ok: true, value: { repeated: false, revision: 0 } },
      { ok: true, value: { repeated: true, revision: 0 } },
    ]);
  });

  it('decides again only what somebody else was faster with', async () => {
    const { ledger: crowded, appends } = contested(2, 'bob');
    const outcomes = await handleMany(crowded, [
      request('ann', take('a')),
      request('bob', take('b')),
      request('bob', take('c')),
      request('cid', take('d'), { ifRevision: -1 }),
    ]);
    expect(outcomes).toMatchObject([
      { ok: true, value: { revision: 0 } },
      { ok: true, value: { revision: 2, created: false } },
      { ok: true, value: { revision: 3 } },
      { ok: true, value: { revision: 0, created: true } },
    ]);
    expect(await topics('bob')).toEqual(['by somebody else 1', 'by somebody else 0', 'b', 'c']);
    expect(await topics('ann')).toEqual(['a']);
    expect(appends()).toBe(4);
  });

  it('gives up after ten conflicts on one stream', async () => {
    const { ledger: crowded } = contested(10);
    await expect(handleMany(crowded, [request('ann', take('a'))])).rejects.toThrow(VersionConflict);
  });

  it('refuses a batch of different kinds of streams: that is a bug', async () => {
    const definition = { ...notebookStream, category: 'diary' };
    const mixed = [request('ann', close), request('ann', close, { definition })];
    await expect(handleMany(ledger, mixed)).rejects.toThrow(TypeError);
  });

  it('ends as the same commands would one by one', async () => {
    const anyRequest = fc
      .tuple(
        fc.constantFrom('ann', 'bob', 'cid'),
        fc.constantFrom(take('a'), take('b'), take('c'), close),
        fc.constantFrom(undefined, undefined, -1, 0, 1),
        fc.constantFrom(...Array.from({ length: 6 }, () => randomUUID())),
      )
      .map(([key, command, ifRevision, commandId]) =>
        request(key, command, {
          context: contextOf(commandId),
          ...(ifRevision !== undefined && { ifRevision }),
        }),
      );
    await fc.assert(
      fc.asyncProperty(fc.array(anyRequest, { maxLength: 12 }), async (requests) => {
        const fresh = (): Ledger => openLedger({ eventLog: inMemoryEventLog(), keyring });
        const alone = fresh();
        const expected: Awaited<ReturnType<typeof carryOut>>[] = [];
        for (const each of requests) expected.push(await carryOut(alone, each));
        const together = await handleMany(fresh(), requests);
        const comparable = (outcome: (typeof expected)[number]) =>
          outcome.ok
            ? {
                state: outcome.value.state,
                revision: outcome.value.revision,
                repeated: outcome.value.repeated,
              }
            : outcome.error;
        expect(together.map(comparable)).toEqual(expected.map(comparable));
      }),
      { numRuns: 200 },
    );
  });
});

describe('StateCache', () => {
  it('is never out of date, and folds only what is new', async () => {
    const reads: number[] = [];
    const cache = new StateCache({
      ...ledger,
      read: async (definition, key, options) => {
        const events = await ledger.read(definition, key, options);
        reads.push(events.length);
        return events;
      },
    });
    expect(await cache.get(notebookStream, 'ann')).toMatchObject({
      revision: -1,
      position: undefined,
    });
    await handle(ledger, request('ann', take('a')));
    await handle(ledger, request('ann', take('b')));
    expect(await cache.get(notebookStream, 'ann')).toMatchObject({ revision: 1 });
    await handle(ledger, request('ann', close));
    const current = await cache.get(notebookStream, 'ann');
    expect(current.state).toEqual({ topics: ['a', 'b'], closed: true });
    expect(current.position).toBe(await ledger.head());
    expect(await cache.get(notebookStream, 'ann')).toEqual(current);
    expect(reads).toEqual([0, 2, 1, 0]);
  });

  it('forgets the least recently used, and is right all the same', async () => {
    for (const key of ['ann', 'bob', 'cid']) await handle(ledger, request(key, take(key)));
    const froms: (number | undefined)[] = [];
    const watched: Ledger = {
      ...ledger,
      read: async (definition, key, options) => {
        froms.push(options?.from);
        return ledger.read(definition, key, options);
      },
    };
    const cache = new StateCache(watched, 2);
    for (const key of ['ann', 'bob', 'ann', 'cid', 'ann', 'bob']) {
      expect((await cache.get(notebookStream, key)).state.topics).toEqual([key]);
    }
    expect(froms).toEqual([0, 0, 1, 0, 1, 0]);
  });
});
