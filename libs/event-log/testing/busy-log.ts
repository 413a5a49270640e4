import type { EventLog, RecordedBytes, StreamAppend } from '../port.ts';
import { sampleEvent } from './sample-events.ts';

/** Events of many streams, woven together, some several in one append and some larger than others. */
export const fillLog = async (log: EventLog, events: number): Promise<void> => {
  const heads = new Map<string, number>();
  const appends: StreamAppend[] = [];
  for (let written = 0; written < events;) {
    const stream = `recipient-${(written * 7919) % 97}`;
    const count = Math.min(1 + (written % 3), events - written);
    const head = heads.get(stream) ?? -1;
    heads.set(stream, head + count);
    appends.push({
      stream,
      expected: head === -1 ? 'no-stream' : head,
      events: Array.from({ length: count }, (_slot, index) => {
        const event = sampleEvent({ number: written + index, text: 'é'.repeat(written % 50) });
        if (written % 5 !== 0) return event;
        const { personal: _, ...plain } = event;
        return plain;
      }),
    });
    written += count;
  }
  await log.appendMany(appends);
};

/** All of a log in its order, without the positions, which are another log's own. */
export const contentsOf = async (log: EventLog): Promise<readonly object[]> => {
  const contents: object[] = [];
  for (let after: RecordedBytes['position'] | undefined; ;) {
    const page = await log.readAll({ after, limit: 1_000 });
    for (const { position: _, personal, ...event } of page) {
      contents.push({ ...event, personal: personal && Buffer.from(personal).toString('hex') });
    }
    after = page.at(-1)?.position;
    if (after === undefined) return contents;
  }
};
