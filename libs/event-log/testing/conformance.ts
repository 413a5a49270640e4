import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { VersionConflict, type EventLog, type StoredEvent } from '../port.ts';
import type { EventLogHome } from './event-log-home.ts';
import { describeEventLogModel } from './model.ts';
import { sampleEvent, sampleEvents, storedPart } from './sample-events.ts';

/** Everything the port promises, for every engine. `makeHome` makes an empty one. */
export const describeEventLog = (name: string, makeHome: () => Promise<EventLogHome>): void => {
  describe(`event log: ${name}`, () => {
    let home: EventLogHome;
    let log: EventLog;
    const opened: EventLog[] = [];
    const open = async (): Promise<EventLog> => {
      const another = await home.open();
      opened.push(another);
      return another;
    };

    beforeEach(async () => {
      home = await makeHome();
      log = await open();
    });
    afterEach(async () => {
      for (const instance of opened.splice(0)) await instance.close();
      await home.remove();
    });

    const append = (stream: string, expected: number | 'no-stream', events: StoredEvent[]) =>
      log.append({ stream, expected, events });
    const conflictOf = async (attempt: Promise<unknown>): Promise<VersionConflict> => {
      const error: unknown = await attempt.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (error instanceof VersionConflict) return error;
      throw new Error('There was no conflict.', { cause: error });
    };

    describe('append', () => {
      it('starts a stream and goes on from an exact revision', async () => {
        const events = sampleEvents(3);
        const first = await append('list-a', 'no-stream', events.slice(0, 2));
        expect(first.revision).toBe(1);
        const second = await append('list-a', 1, events.slice(2));
        expect(second.revision).toBe(2);
        expect(second.position > first.position).toBe(true);
        const stored = await log.readStream('list-a');
        expect(stored.map(storedPart)).toEqual(events);
        expect(stored.map(({ revision }) => revision)).toEqual([0, 1, 2]);
        expect(stored.map(({ stream }) => stream)).toEqual(['list-a', 'list-a', 'list-a']);
        expect(stored.at(-1)?.position).toBe(second.position);
      });

      it('conflicts when the stream has moved on, and writes nothing', async () => {
        await append('list-a', 'no-stream', sampleEvents(2));
        const conflict = await conflictOf(append('list-a', 0, sampleEvents(1)));
        expect(conflict).toMatchObject({ stream: 'list-a', expected: 0, actual: 1 });
        expect(await log.readStream('list-a')).toHaveLength(2);
      });

      it('conflicts when the stream is not that far', async () => {
        await append('list-a', 'no-stream', sampleEvents(1));
        expect(await conflictOf(append('list-a', 5, sampleEvents(1)))).toMatchObject({ actual: 0 });
      });

      it('conflicts when a stream that should not exist does', async () => {
        await append('list-a', 'no-stream', sampleEvents(1));
        const conflict = await conflictOf(append('list-a', 'no-stream', sampleEvents(1)));
        expect(conflict).toMatchObject({ expected: 'no-stream', actual: 0 });
      });

      it('conflicts when a stream that should exist does not, and does not make it', async () => {
        const conflict = await conflictOf(append('list-a', 0, sampleEvents(1)));
        expect(conflict).toMatchObject({ expected: 0, actual: 'no-stream' });
        expect(await log.readStream('list-a')).toEqual([]);
        await append('list-a', 'no-stream', sampleEvents(1));
      });

      it('answers a repeat as the first time, wherever the stream is by now', async () => {
        const events = sampleEvents(2);
        const first = await append('list-a', 'no-stream', events);
        expect(await append('list-a', 'no-stream', events)).toEqual(first);
        await append('list-a', 1, sampleEvents(1));
        expect(await append('list-a', 'no-stream', events)).toEqual(first);
        expect(await log.readStream('list-a')).toHaveLength(3);
      });

      it('does not take a part of a repeat for the repeat', async () => {
        const events = sampleEvents(2);
        await append('list-a', 'no-stream', events.slice(0, 1));
        await conflictOf(append('list-a', 'no-stream', events));
        expect(await log.readStream('list-a')).toHaveLength(1);
      });

      it('keeps every byte of text and of the personal part, and its absence', async () => {
        const event = sampleEvent({ text: 'é \u{1F4EC} \\u0000 "' });
        const { personal: _, ...without } = sampleEvent();
        await append('list-a', 'no-stream', [event, without]);
        expect((await log.readStream('list-a')).map(storedPart)).toEqual([event, without]);
      });

      it('refuses what is no append at all as a bug of the caller', async () => {
        await expect(append('list-a', 'no-stream', [])).rejects.toThrow(TypeError);
        await expect(append('list-a', -1, sampleEvents(1))).rejects.toThrow(TypeError);
        await expect(append('nodash', 'no-stream', sampleEvents(1))).rejects.toThrow(TypeError);
        const nameless = { ...sampleEvent(), id: 'x' };
        await expect(append('list-a', 'no-stream', [nameless])).rejects.toThrow(TypeError);
      });
    });

    describe('appendMany', () => {
      it('gives each stream its own outcome, in the order given', async () => {
        await append('list-b', 'no-stream', sampleEvents(1));
        const outcomes = await log.appendMany([
          { stream: 'list-a', expected: 'no-stream', events: sampleEvents(2) },
          { stream: 'list-b', expected: 'no-stream', events: sampleEvents(2) },
          { stream: 'list-a', expected: 1, events: sampleEvents(1) },
          { stream: 'list-b', expected: 0, events: sampleEvents(1) },
        ]);
        expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, true, true]);
        expect(await log.readStream('list-a')).toHaveLength(3);
        expect(await log.readStream('list-b')).toHaveLength(2);
      });

      it('writes thousands of streams', async () => {
        const appends = Array.from({ length: 3000 }, (_, index) => ({
          stream: `recipient-${index}`,
          expected: 'no-stream' as const,
          events: sampleEvents(2),
        }));
        const outcomes = await log.appendMany(appends);
        const revisions = outcomes.map((outcome) => outcome.ok && outcome.value.revision);
        expect(new Set(revisions)).toEqual(new Set([1]));
        const positions = outcomes.map((outcome) => (outcome.ok ? outcome.value.position : ''));
        expect(positions).toEqual(positions.toSorted());
        expect(await log.appendMany(appends)).toEqual(outcomes);
      });

      it('writes in the order given, also several times to one stream', async () => {
        const appends = Array.from({ length: 400 }, (_, index) => ({
          stream: `list-${index % 3}`,
          expected: index < 3 ? ('no-stream' as const) : Math.floor(index / 3) - 1,
          events: [sampleEvent(index)],
        }));
        const outcomes = await log.appendMany(appends);
        expect(new Set(outcomes.map(({ ok }) => ok))).toEqual(new Set([true]));
        const whole = await log.readAll({ limit: 1_000 });
        expect(whole.map(({ data }) => data)).toEqual(appends.map((_, index) => String(index)));
      });

      it('has nothing to do for an empty list', async () => {
        expect(await log.appendMany([])).toEqual([]);
        expect(await log.head()).toBeUndefined();
      });
    });

    describe('racing writers', () => {
      it('of one revision: exactly one wins, the others are told where the stream is', async () => {
        const other = await open();
        const race = [log, other, log, other, log].map((instance) =>
          instance.append({ stream: 'list-a', expected: 'no-stream', events: sampleEvents(2) }),
        );
        const results = await Promise.allSettled(race);
        expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        for (const result of results) {
          if (result.status === 'rejected') expect(result.reason).toMatchObject({ actual: 1 });
        }
        expect(await log.readStream('list-a')).toHaveLength(2);
      });

      it('on two instances that retry: no event lost, none twice, every append whole', async () => {
        const other = await open();
        const add = async (instance: EventLog, label: string): Promise<void> => {
          for (;;) {
            const expected = (await instance.readStream('list-a')).at(-1)?.revision ?? 'no-stream';
            const events = [sampleEvent([label, 0]), sampleEvent([label, 1])];
            const [outcome] = await instance.appendMany([{ stream: 'list-a', expected, events }]);
            if (outcome?.ok) return;
          }
        };
        const labels = Array.from({ length: 12 }, (_, index) => `writer ${index}`);
        await Promise.all(labels.map((label, i) => add(i % 2 ? log : other, label)));
        const data = (await log.readStream('list-a')).map(
          (event) => JSON.parse(event.data) as [string, number],
        );
        expect(data).toHaveLength(24);
        for (let index = 0; index < 24; index += 2) {
          expect(data[index + 1]).toEqual([data[index]?.[0], 1]);
        }
        expect(new Set(data.map(([label]) => label)).size).toBe(12);
      });
    });

    describe('reading streams', () => {
      it('begins and ends where it is told', async () => {
        await append('list-a', 'no-stream', sampleEvents(5));
        const revisions = async (options: { from?: number; limit?: number }): Promise<number[]> =>
          (await log.readStream('list-a', options)).map(({ revision }) => revision);
        expect(await revisions({ from: 3 })).toEqual([3, 4]);
        expect(await revisions({ from: 1, limit: 2 })).toEqual([1, 2]);
        expect(await revisions({ from: 5 })).toEqual([]);
      });

      it('leaves personal parts empty for who has no use for them, and says where they are', async () => {
        const { personal: _, ...without } = sampleEvent();
        await append('list-a', 'no-stream', [sampleEvent(), without]);
        const unopened = { withPersonal: false };
        const expected = (await log.readStream('list-a')).map((event) =>
          event.personal === undefined ? event : { ...event, personal: new Uint8Array() },
        );
        expect(await log.readStream('list-a', unopened)).toEqual(expected);
        expect(await log.readStreams(['list-a'], unopened)).toEqual([expected]);
        expect(await log.readAll({ limit: 9, ...unopened })).toEqual(expected);
        expect(await log.readAll({ limit: 9, categories: ['list'], ...unopened })).toEqual(
          expected,
        );
      });

      it('gives all of a long one, and every event of a long log', async () => {
        const events = sampleEvents(4_500);
        const parts = [events.slice(0, 2_000), events.slice(2_000, 4_000), events.slice(4_000)];
        await log.appendMany(
          parts.map((part, index) => ({
            stream: 'list-a',
            expected: index === 0 ? 'no-stream' : index * 2_000 - 1,
            events: part,
          })),
        );
        await append('form-a', 'no-stream', sampleEvents(1));
        const ids = events.map(({ id }) => id);
        const idsOf = (found: readonly StoredEvent[]): string[] => found.map(({ id }) => id);
        expect(idsOf(await log.readStream('list-a'))).toEqual(ids);
        expect(idsOf(await log.readStream('list-a', { from: 10, limit: 4_000 }))).toEqual(
          ids.slice(10, 4_010),
        );
        expect(idsOf(await log.readAll({ limit: 10_000, categories: ['list'] }))).toEqual(ids);
        const [, second] = await log.readAll({ limit: 2 });
        const rest = await log.readAll({ after: second?.position, limit: 10_000 });
        expect(rest).toHaveLength(4_499);
      });

      it('gives several at once, in the order asked, empty where there is none', async () => {
        await append('list-a', 'no-stream', sampleEvents(2));
        await append('list-b', 'no-stream', sampleEvents(1));
        const found = await log.readStreams(['list-b', 'list-none', 'list-a', 'list-b']);
        expect(found.map((events) => events.length)).toEqual([1, 0, 2, 1]);
        expect(found[2]).toEqual(await log.readStream('list-a'));
      });
    });

    describe('reading everything', () => {
      it('is in the order of appends, and goes on strictly after a position', async () => {
        await append('list-a', 'no-stream', sampleEvents(2));
        await append('form-b', 'no-stream', sampleEvents(3));
        await append('list-a', 1, sampleEvents(2));
        const whole = await log.readAll({ limit: 100 });
        expect(whole.map(({ stream, revision }) => `${stream}@${revision}`)).toEqual([
          'list-a@0',
          'list-a@1',
          'form-b@0',
          'form-b@1',
          'form-b@2',
          'list-a@2',
          'list-a@3',
        ]);
        const positions = whole.map(({ position }) => position);
        expect(positions).toEqual([...new Set(positions)].toSorted());
        const pages = [];
        for (let after = undefined as (typeof positions)[number] | undefined; ;) {
          const page = await log.readAll({ after, limit: 3 });
          pages.push(...page);
          if (page.length < 3) break;
          after = page.at(-1)?.position;
        }
        expect(pages).toEqual(whole);
        expect(await log.head()).toBe(positions.at(-1));
      });

      it('can be limited to categories, which a longer name is not part of', async () => {
        await append('list-a', 'no-stream', sampleEvents(1));
        await append('listing-a', 'no-stream', sampleEvents(1));
        await append('form-a', 'no-stream', sampleEvents(1));
        await append('list-b', 'no-stream', sampleEvents(1));
        await append('form-a', 0, sampleEvents(1));
        const names = async (categories: string[], limit = 100): Promise<string[]> =>
          (await log.readAll({ limit, categories })).map(({ stream }) => stream);
        expect(await names(['list'])).toEqual(['list-a', 'list-b']);
        expect(await names(['form', 'list', 'none', 'list'])).toEqual([
          'list-a',
          'form-a',
          'list-b',
          'form-a',
        ]);
        expect(await names(['form', 'list'], 3)).toEqual(['list-a', 'form-a', 'list-b']);
        expect(await names(['none'])).toEqual([]);
        expect(await names([])).toEqual([]);
        const [first] = await log.readAll({ limit: 1 });
        const after = first?.position;
        const rest = await log.readAll({ after, limit: 9, categories: ['list'] });
        expect(rest.map(({ stream }) => stream)).toEqual(['list-b']);
      });

      it('of an empty log is empty', async () => {
        expect(await log.readAll({ limit: 10 })).toEqual([]);
        expect(await log.head()).toBeUndefined();
      });
    });

    describe('identity', () => {
      const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

      it('is made once, is the same for all, and outlives the instance', async () => {
        const [identity, others] = await Promise.all([
          log.identity(),
          open().then((other) => other.identity()),
        ]);
        expect(others).toEqual(identity);
        expect(identity.ledgerId).toMatch(UUID);
        expect(identity.logId).toMatch(UUID);
        await append('list-a', 'no-stream', sampleEvents(1));
        await log.close();
        log = await open();
        expect(await log.identity()).toEqual(identity);
      });

      it('is another one for another log', async () => {
        const other = await makeHome();
        const elsewhere = await other.open();
        const identity = await log.identity();
        const another = await elsewhere.identity();
        expect(another.ledgerId).not.toBe(identity.ledgerId);
        expect(another.logId).not.toBe(identity.logId);
        await elsewhere.close();
        await other.remove();
      });

      it('is no event', async () => {
        await log.identity();
        expect(await log.readAll({ limit: 9 })).toEqual([]);
        expect(await log.head()).toBeUndefined();
      });
    });

    describe('waiting for an append', () => {
      const never = new AbortController().signal;

      it('is over at once when there is something already', async () => {
        const { position } = await append('list-a', 'no-stream', sampleEvents(1));
        expect(await log.waitForAppend(undefined, never)).toBe(true);
        await append('list-a', 0, sampleEvents(1));
        expect(await log.waitForAppend(position, never)).toBe(true);
      });

      it('ends with an append of this instance, and then everything can be read', async () => {
        const { position } = await append('list-a', 'no-stream', sampleEvents(1));
        const waiting = log.waitForAppend(position, never);
        await append('list-b', 'no-stream', sampleEvents(1));
        expect(await waiting).toBe(true);
        expect(await log.readAll({ after: position, limit: 9 })).toHaveLength(1);
      });

      it('ends with an append of another instance', async () => {
        const other = await open();
        const waiting = log.waitForAppend(undefined, never);
        await other.append({ stream: 'list-a', expected: 'no-stream', events: sampleEvents(1) });
        expect(await waiting).toBe(true);
        expect(await log.readStream('list-a')).toHaveLength(1);
      });

      it('stops on abort, before and during', async () => {
        expect(await log.waitForAppend(undefined, AbortSignal.abort())).toBe(false);
        const controller = new AbortController();
        const waiting = log.waitForAppend(undefined, controller.signal);
        controller.abort();
        expect(await waiting).toBe(false);
      });
    });

    describe('closing', () => {
      it('writes what was accepted and refuses what comes later', async () => {
        const appending = append('list-a', 'no-stream', sampleEvents(2));
        await log.close();
        expect((await appending).revision).toBe(1);
        await expect(append('list-a', 2, sampleEvents(1))).rejects.toMatchObject({
          code: 'closed',
        });
        await expect(log.readStream('list-a')).rejects.toMatchObject({ code: 'closed' });
        await log.close();
      });

      it('tells those who wait', async () => {
        const waiting = log.waitForAppend(undefined, new AbortController().signal);
        const told = expect(waiting).rejects.toMatchObject({ code: 'closed' });
        await log.close();
        await told;
      });

      it('loses nothing: the next instance reads the same and goes on', async () => {
        await append('list-a', 'no-stream', sampleEvents(2));
        const before = await log.readAll({ limit: 9 });
        await log.close();
        log = await open();
        expect(await log.readAll({ limit: 9 })).toEqual(before);
        const { revision } = await append('list-a', 1, sampleEvents(1));
        expect(revision).toBe(2);
      });
    });

    describeEventLogModel(makeHome);
  });
};
