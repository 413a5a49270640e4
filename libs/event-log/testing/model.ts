import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EventLog, StoredEvent } from '../port.ts';
import type { EventLogHome } from './event-log-home.ts';
import { sampleEvent, storedPart } from './sample-events.ts';

/** What a log is: streams, and one order over all of them. */
type Model = { streams: Map<string, StoredEvent[]>; order: string[] };
/** Both instances work on the same data, which is the point. */
type Real = { logs: [EventLog, EventLog]; reopen: (which: 0 | 1) => Promise<EventLog> };
type Command = fc.AsyncCommand<Model, Real>;

const streamNames = ['list-a', 'list-b', 'form-a'];
const which = fc.constantFrom<0 | 1>(0, 1);
const streamName = fc.constantFrom(...streamNames);
/** How far the writer's belief is from the truth. */
const mistake = fc.constantFrom(0, 0, 0, -1, 1);

type Wish = Readonly<{ stream: string; mistake: number; count: number }>;
const wish = fc.record({ stream: streamName, mistake, count: fc.integer({ min: 1, max: 3 }) });

const lastOf = (model: Model, stream: string): number =>
  (model.streams.get(stream)?.length ?? 0) - 1;

const appendMany = (from: 0 | 1, wishes: readonly Wish[]): Command => ({
  check: () => true,
  run: async (model, { logs }) => {
    const expectedOutcomes: boolean[] = [];
    const appends = wishes.map(({ stream, mistake: off, count }) => {
      const actual = lastOf(model, stream);
      const believed = Math.max(-1, actual + off);
      const events = Array.from({ length: count }, () => sampleEvent({ stream }));
      expectedOutcomes.push(believed === actual);
      if (believed === actual) {
        model.streams.set(stream, [...(model.streams.get(stream) ?? []), ...events]);
        model.order.push(...events.map(({ id }) => id));
      }
      return { stream, expected: believed < 0 ? ('no-stream' as const) : believed, events };
    });
    const outcomes = await logs[from].appendMany(appends);
    expect(outcomes.map(({ ok }) => ok)).toEqual(expectedOutcomes);
  },
  toString: () => `appendMany by ${from}: ${JSON.stringify(wishes)}`,
});

const readStream = (from: 0 | 1, stream: string, first: number): Command => ({
  check: () => true,
  run: async (model, { logs }) => {
    const read = await logs[from].readStream(stream, { from: first });
    expect(read.map(storedPart)).toEqual((model.streams.get(stream) ?? []).slice(first));
  },
  toString: () => `readStream by ${from}: ${stream} from ${first}`,
});

const readAll = (from: 0 | 1, skip: number): Command => ({
  check: () => true,
  run: async (model, { logs }) => {
    const whole = await logs[from].readAll({ limit: 1000 });
    expect(whole.map(({ id }) => id)).toEqual(model.order);
    const after = whole[skip]?.position;
    const rest = await logs[from].readAll({ after, limit: 1000 });
    expect(rest).toEqual(after === undefined ? whole : whole.slice(skip + 1));
    expect(await logs[from].head()).toBe(whole.at(-1)?.position);
  },
  toString: () => `readAll by ${from}, again after ${skip}`,
});

const reopen = (instance: 0 | 1): Command => ({
  check: () => true,
  run: async (_, real) => {
    await real.logs[instance].close();
    real.logs[instance] = await real.reopen(instance);
  },
  toString: () => `reopen ${instance}`,
});

/** Any sequence of calls on two instances does what a map of arrays would do. */
export const describeEventLogModel = (makeHome: () => Promise<EventLogHome>): void => {
  it('behaves as a map of arrays would, whatever the sequence of calls', async () => {
    const commands = fc.commands(
      [
        fc
          .tuple(which, fc.array(wish, { minLength: 1, maxLength: 4 }))
          .map((a) => appendMany(...a)),
        fc.tuple(which, streamName, fc.nat(3)).map((a) => readStream(...a)),
        fc.tuple(which, fc.nat(5)).map((a) => readAll(...a)),
        which.map(reopen),
      ],
      { maxCommands: 25 },
    );
    await fc.assert(
      fc.asyncProperty(commands, async (sequence) => {
        const home = await makeHome();
        const real: Real = {
          logs: [await home.open(), await home.open()],
          reopen: () => home.open(),
        };
        try {
          const setup = () => ({ model: { streams: new Map(), order: [] } as Model, real });
          await fc.asyncModelRun(setup, sequence);
        } finally {
          for (const log of real.logs) await log.close();
          await home.remove();
        }
      }),
      { numRuns: 40 },
    );
  });
};
