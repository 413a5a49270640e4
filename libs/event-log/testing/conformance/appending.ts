import { describe, expect, it } from '@jest/globals';
import { sampleEvent, sampleEvents, storedPart } from '../sample-events.ts';
import type { LogAtHand } from './log-at-hand.ts';

/** One stream or many: what is written, what conflicts, and what a repeat is answered. */
export const describeAppending = (at: LogAtHand): void => {
  describe('append', () => {
    it('starts a stream and goes on from an exact revision', async () => {
      const events = sampleEvents(3);
      const first = await at.append('list-a', 'no-stream', events.slice(0, 2));
      expect(first.revision).toBe(1);
      const second = await at.append('list-a', 1, events.slice(2));
      expect(second.revision).toBe(2);
      expect(second.position > first.position).toBe(true);
      const stored = await at.log.readStream('list-a');
      expect(stored.map(storedPart)).toEqual(events);
      expect(stored.map(({ revision }) => revision)).toEqual([0, 1, 2]);
      expect(stored.map(({ stream }) => stream)).toEqual(['list-a', 'list-a', 'list-a']);
      expect(stored.at(-1)?.position).toBe(second.position);
    });

    it('conflicts when the stream has moved on, and writes nothing', async () => {
      await at.append('list-a', 'no-stream', sampleEvents(2));
      const conflict = await at.conflictOf(at.append('list-a', 0, sampleEvents(1)));
      expect(conflict).toMatchObject({ stream: 'list-a', expected: 0, actual: 1 });
      expect(await at.log.readStream('list-a')).toHaveLength(2);
    });

    it('conflicts when the stream is not that far', async () => {
      await at.append('list-a', 'no-stream', sampleEvents(1));
      expect(await at.conflictOf(at.append('list-a', 5, sampleEvents(1)))).toMatchObject({
        actual: 0,
      });
    });

    it('conflicts when a stream that should not exist does', async () => {
      await at.append('list-a', 'no-stream', sampleEvents(1));
      const conflict = await at.conflictOf(at.append('list-a', 'no-stream', sampleEvents(1)));
      expect(conflict).toMatchObject({ expected: 'no-stream', actual: 0 });
    });

    it('conflicts when a stream that should exist does not, and does not make it', async () => {
      const conflict = await at.conflictOf(at.append('list-a', 0, sampleEvents(1)));
      expect(conflict).toMatchObject({ expected: 0, actual: 'no-stream' });
      expect(await at.log.readStream('list-a')).toEqual([]);
      await at.append('list-a', 'no-stream', sampleEvents(1));
    });

    it('answers a repeat as the first time, wherever the stream is by now', async () => {
      const events = sampleEvents(2);
      const first = await at.append('list-a', 'no-stream', events);
      expect(await at.append('list-a', 'no-stream', events)).toEqual(first);
      await at.append('list-a', 1, sampleEvents(1));
      expect(await at.append('list-a', 'no-stream', events)).toEqual(first);
      expect(await at.log.readStream('list-a')).toHaveLength(3);
    });

    it('does not take a part of a repeat for the repeat', async () => {
      const events = sampleEvents(2);
      await at.append('list-a', 'no-stream', events.slice(0, 1));
      await at.conflictOf(at.append('list-a', 'no-stream', events));
      expect(await at.log.readStream('list-a')).toHaveLength(1);
    });

    it('keeps every byte of text and of the personal part, and its absence', async () => {
      const event = sampleEvent({ text: 'é \u{1F4EC} \\u0000 "' });
      const { personal: _, ...without } = sampleEvent();
      await at.append('list-a', 'no-stream', [event, without]);
      expect((await at.log.readStream('list-a')).map(storedPart)).toEqual([event, without]);
    });

    it('refuses what is no append at all as a bug of the caller', async () => {
      await expect(at.append('list-a', 'no-stream', [])).rejects.toThrow(TypeError);
      await expect(at.append('list-a', -1, sampleEvents(1))).rejects.toThrow(TypeError);
      await expect(at.append('nodash', 'no-stream', sampleEvents(1))).rejects.toThrow(TypeError);
      const nameless = { ...sampleEvent(), id: 'x' };
      await expect(at.append('list-a', 'no-stream', [nameless])).rejects.toThrow(TypeError);
    });
  });

  describe('appendMany', () => {
    it('gives each stream its own outcome, in the order given', async () => {
      await at.append('list-b', 'no-stream', sampleEvents(1));
      const outcomes = await at.log.appendMany([
        { stream: 'list-a', expected: 'no-stream', events: sampleEvents(2) },
        { stream: 'list-b', expected: 'no-stream', events: sampleEvents(2) },
        { stream: 'list-a', expected: 1, events: sampleEvents(1) },
        { stream: 'list-b', expected: 0, events: sampleEvents(1) },
      ]);
      expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, true, true]);
      expect(await at.log.readStream('list-a')).toHaveLength(3);
      expect(await at.log.readStream('list-b')).toHaveLength(2);
    });

    it('writes thousands of streams', async () => {
      const appends = Array.from({ length: 3000 }, (_, index) => ({
        stream: `recipient-${index}`,
        expected: 'no-stream' as const,
        events: sampleEvents(2),
      }));
      const outcomes = await at.log.appendMany(appends);
      const revisions = outcomes.map((outcome) => outcome.ok && outcome.value.revision);
      expect(new Set(revisions)).toEqual(new Set([1]));
      const positions = outcomes.map((outcome) => (outcome.ok ? outcome.value.position : ''));
      expect(positions).toEqual(positions.toSorted());
      expect(await at.log.appendMany(appends)).toEqual(outcomes);
    });

    it('writes in the order given, also several times to one stream', async () => {
      const appends = Array.from({ length: 400 }, (_, index) => ({
        stream: `list-${index % 3}`,
        expected: index < 3 ? ('no-stream' as const) : Math.floor(index / 3) - 1,
        events: [sampleEvent(index)],
      }));
      const outcomes = await at.log.appendMany(appends);
      expect(new Set(outcomes.map(({ ok }) => ok))).toEqual(new Set([true]));
      const whole = await at.log.readAll({ limit: 1_000 });
      expect(whole.map(({ data }) => data)).toEqual(appends.map((_, index) => String(index)));
    });

    it('has nothing to do for an empty list', async () => {
      expect(await at.log.appendMany([])).toEqual([]);
      expect(await at.log.head()).toBeUndefined();
    });
  });
};
