import { describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '../../port.ts';
import { sampleEvent, sampleEvents } from '../sample-events.ts';
import type { LogAtHand } from './log-at-hand.ts';

/** Streams, and everything in its one order. */
export const describeReading = (at: LogAtHand): void => {
  describe('reading streams', () => {
    it('begins and ends where it is told', async () => {
      await at.append('list-a', 'no-stream', sampleEvents(5));
      const revisions = async (options: { from?: number; limit?: number }): Promise<number[]> =>
        (await at.log.readStream('list-a', options)).map(({ revision }) => revision);
      expect(await revisions({ from: 3 })).toEqual([3, 4]);
      expect(await revisions({ from: 1, limit: 2 })).toEqual([1, 2]);
      expect(await revisions({ from: 5 })).toEqual([]);
    });

    it('leaves personal parts empty for who has no use for them, and says where they are', async () => {
      const { personal: _, ...without } = sampleEvent();
      await at.append('list-a', 'no-stream', [sampleEvent(), without]);
      const unopened = { personalOf: new Set<string>() };
      const expected = (await at.log.readStream('list-a')).map((event) =>
        event.personal === undefined ? event : { ...event, personal: new Uint8Array() },
      );
      expect(await at.log.readStream('list-a', unopened)).toEqual(expected);
      expect(await at.log.readStreams(['list-a'], unopened)).toEqual([expected]);
      expect(await at.log.readAll({ limit: 9, ...unopened })).toEqual(expected);
      expect(await at.log.readAll({ limit: 9, categories: ['list'], ...unopened })).toEqual(
        expected,
      );
    });

    it('gives the personal parts of the types that are asked for', async () => {
      const asked = { ...sampleEvent(), type: "Asked'For.v1" };
      await at.append('list-a', 'no-stream', [asked, sampleEvent()]);
      const some = { personalOf: new Set([asked.type, 'Another.v2']) };
      const expected = (await at.log.readStream('list-a')).map((event) =>
        event.type === asked.type ? event : { ...event, personal: new Uint8Array() },
      );
      expect(expected.map(({ personal }) => personal?.length)).toEqual([asked.personal?.length, 0]);
      expect(await at.log.readStream('list-a', some)).toEqual(expected);
      expect(await at.log.readStreams(['list-a'], some)).toEqual([expected]);
      expect(await at.log.readAll({ limit: 9, ...some })).toEqual(expected);
      expect(await at.log.readAll({ limit: 9, categories: ['list'], ...some })).toEqual(expected);
    });

    it('gives all of a long one, and every event of a long log', async () => {
      const events = sampleEvents(4_500);
      const parts = [events.slice(0, 2_000), events.slice(2_000, 4_000), events.slice(4_000)];
      await at.log.appendMany(
        parts.map((part, index) => ({
          stream: 'list-a',
          expected: index === 0 ? 'no-stream' : index * 2_000 - 1,
          events: part,
        })),
      );
      await at.append('form-a', 'no-stream', sampleEvents(1));
      const ids = events.map(({ id }) => id);
      const idsOf = (found: readonly StoredEvent[]): string[] => found.map(({ id }) => id);
      expect(idsOf(await at.log.readStream('list-a'))).toEqual(ids);
      expect(idsOf(await at.log.readStream('list-a', { from: 10, limit: 4_000 }))).toEqual(
        ids.slice(10, 4_010),
      );
      expect(idsOf(await at.log.readAll({ limit: 10_000, categories: ['list'] }))).toEqual(ids);
      const [, second] = await at.log.readAll({ limit: 2 });
      const rest = await at.log.readAll({ after: second?.position, limit: 10_000 });
      expect(rest).toHaveLength(4_499);
    });

    it('gives several at once, in the order asked, empty where there is none', async () => {
      await at.append('list-a', 'no-stream', sampleEvents(2));
      await at.append('list-b', 'no-stream', sampleEvents(1));
      const found = await at.log.readStreams(['list-b', 'list-none', 'list-a', 'list-b']);
      expect(found.map((events) => events.length)).toEqual([1, 0, 2, 1]);
      expect(found[2]).toEqual(await at.log.readStream('list-a'));
    });
  });

  describe('reading everything', () => {
    it('is in the order of appends, and goes on strictly after a position', async () => {
      await at.append('list-a', 'no-stream', sampleEvents(2));
      await at.append('form-b', 'no-stream', sampleEvents(3));
      await at.append('list-a', 1, sampleEvents(2));
      const whole = await at.log.readAll({ limit: 100 });
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
        const page = await at.log.readAll({ after, limit: 3 });
        pages.push(...page);
        if (page.length < 3) break;
        after = page.at(-1)?.position;
      }
      expect(pages).toEqual(whole);
      expect(await at.log.head()).toBe(positions.at(-1));
    });

    it('can be limited to categories, which a longer name is not part of', async () => {
      await at.append('list-a', 'no-stream', sampleEvents(1));
      await at.append('listing-a', 'no-stream', sampleEvents(1));
      await at.append('form-a', 'no-stream', sampleEvents(1));
      await at.append('list-b', 'no-stream', sampleEvents(1));
      await at.append('form-a', 0, sampleEvents(1));
      const names = async (categories: string[], limit = 100): Promise<string[]> =>
        (await at.log.readAll({ limit, categories })).map(({ stream }) => stream);
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
      const [first] = await at.log.readAll({ limit: 1 });
      const after = first?.position;
      const rest = await at.log.readAll({ after, limit: 9, categories: ['list'] });
      expect(rest.map(({ stream }) => stream)).toEqual(['list-b']);
    });

    it('of an empty log is empty', async () => {
      expect(await at.log.readAll({ limit: 10 })).toEqual([]);
      expect(await at.log.head()).toBeUndefined();
    });
  });
};
