import { beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { embeddedEventLog } from '#libs/event-log/embedded/embedded-event-log';
import { factOf, factsOf } from '#libs/event-log/testing/facts';
import type { EventLog, EventLogUnavailable } from '#libs/event-log/port';
import { requireFaultTools } from './requirements.ts';
import { withSmallDisk } from './small-disk.ts';

const appendTo = async (log: EventLog, stream: string): Promise<string[]> => {
  const padding = 'x'.repeat(2000);
  const events = [0, 1].map((index) => ({
    id: randomUUID(),
    type: 'SampleHappened.v1',
    data: JSON.stringify({ index, of: 2, padding }),
    metadata: '{}',
  }));
  await log.append({ stream, expected: 'no-stream', events });
  return events.map(({ id }, revision) => factOf(stream, revision, id));
};

/** Appends from eight writers until each has been refused; returns what was acknowledged. */
const fill = async (log: EventLog, label: string, refusals: unknown[]): Promise<string[]> => {
  const acknowledged: string[] = [];
  const writer = async (name: string): Promise<void> => {
    for (let count = 0; count < 10_000; count += 1) {
      try {
        acknowledged.push(...(await appendTo(log, `${label}-${name}.${count}`)));
      } catch (error) {
        refusals.push(error);
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, index) => writer(String(index))));
  return acknowledged;
};

describe('LED-4 the ledger on a full disk', () => {
  beforeAll(requireFaultTools);

  it('tells the caller, goes on reading, takes appends again once there is space', async () => {
    const fatal: EventLogUnavailable[] = [];
    await withSmallDisk(1500, async (folder) => {
      const ballast = join(folder, 'ballast');
      writeFileSync(ballast, Buffer.alloc(600 * 1024));
      const directory = join(folder, 'data');
      const onFatal = (failure: EventLogUnavailable): void => void fatal.push(failure);
      const log = await embeddedEventLog({ directory, onFatal, checkpointAfterPages: 40 });
      const refusals: unknown[] = [];
      const acknowledged = await fill(log, 'before', refusals);
      expect(refusals).toHaveLength(8);
      for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'disk-full' });
      const whenFull = await factsOf(log);
      expect(acknowledged.filter((fact) => !whenFull.has(fact))).toEqual([]);

      rmSync(ballast);
      acknowledged.push(...(await appendTo(log, 'after-a')));
      acknowledged.push(...(await fill(log, 'again', [])));
      await log.close();

      const reopened = await embeddedEventLog({ directory, onFatal });
      const stored = await factsOf(reopened);
      expect(acknowledged.filter((fact) => !stored.has(fact))).toEqual([]);
      await reopened.close();
      process.stdout.write(`Disk full: ${acknowledged.length} acknowledged events, 0 lost\n`);
    });
    expect(fatal).toEqual([]);
  });
});
