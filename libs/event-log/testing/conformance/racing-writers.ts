import { describe, expect, it } from '@jest/globals';
import type { EventLog } from '../../port.ts';
import { sampleEvent, sampleEvents } from '../sample-events.ts';
import type { LogAtHand } from './log-at-hand.ts';

/** Several who write one stream at once. */
export const describeRacingWriters = (at: LogAtHand): void => {
  describe('racing writers', () => {
    it('of one revision: exactly one wins, the others are told where the stream is', async () => {
      const other = await at.open();
      const race = [at.log, other, at.log, other, at.log].map((instance) =>
        instance.append({ stream: 'list-a', expected: 'no-stream', events: sampleEvents(2) }),
      );
      const results = await Promise.allSettled(race);
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const result of results) {
        if (result.status === 'rejected') expect(result.reason).toMatchObject({ actual: 1 });
      }
      expect(await at.log.readStream('list-a')).toHaveLength(2);
    });

    it('on two instances that retry: no event lost, none twice, every append whole', async () => {
      const other = await at.open();
      const add = async (instance: EventLog, label: string): Promise<void> => {
        for (;;) {
          const expected = (await instance.readStream('list-a')).at(-1)?.revision ?? 'no-stream';
          const events = [sampleEvent([label, 0]), sampleEvent([label, 1])];
          const [outcome] = await instance.appendMany([{ stream: 'list-a', expected, events }]);
          if (outcome?.ok) return;
        }
      };
      const labels = Array.from({ length: 12 }, (_, index) => `writer ${index}`);
      await Promise.all(labels.map((label, i) => add(i % 2 ? at.log : other, label)));
      const data = (await at.log.readStream('list-a')).map(
        (event) => JSON.parse(event.data) as [string, number],
      );
      expect(data).toHaveLength(24);
      for (let index = 0; index < 24; index += 2) {
        expect(data[index + 1]).toEqual([data[index]?.[0], 1]);
      }
      expect(new Set(data.map(([label]) => label)).size).toBe(12);
    });
  });
};
