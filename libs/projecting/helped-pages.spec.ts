import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  projectedPages,
  rebuild,
  RemotePages,
  servePages,
  type PageReader,
  type StartReader,
} from './index.ts';
import type { PageSource } from './page-source.ts';
import { formats, keptLog, openPlace, topics, type Place } from './testing/place.ts';
import { writeUnreadableNote } from './testing/scene.ts';

const NOTES = 60;

describe('a rebuild with a thread that reads ahead', () => {
  let place: Place;
  let pagesRead: number;
  let opened: number;
  const log = keptLog();
  beforeEach(async () => {
    place = await openPlace();
    pagesRead = 0;
    opened = 0;
    log.lines.length = 0;
    const names = Array.from({ length: NOTES }, (_, n) => `topic ${n % 7}`);
    await place.write(...names);
  });
  afterEach(() => place.remove());

  const own = (): PageSource =>
    projectedPages({ ...place, projection: topics, formats, pageSize: 2 });

  /** Both ends of the channel in one thread, so that a test may get between. */
  const reading =
    (source: PageSource): StartReader =>
    (_, gaveUp): PageReader => {
      opened += 1;
      const { port1, port2 } = new MessageChannel();
      const serving = servePages(port2, {
        next: (after) => {
          pagesRead += 1;
          return source.next(after);
        },
      });
      return {
        pages: new RemotePages(port1, gaveUp),
        close: async () => {
          await serving.stop();
          port1.close();
          port2.close();
          opened -= 1;
        },
      };
    };
  const again = (startReader: StartReader) =>
    rebuild({
      ...place,
      startReader,
      projection: topics,
      formats,
      pageSize: 2,
      holder: 'rebuild',
      clock: Date.now,
      log,
      signal: new AbortController().signal,
    });

  it('reads each event once, and ends as it would alone', async () => {
    const report = await again(reading(own()));
    expect(report).toMatchObject({ events: NOTES, documents: 7, same: 7 });
    expect(pagesRead).toBeGreaterThan(10);
    expect(opened).toBe(0);
    expect(log.lines.map(({ event }) => event)).not.toContain('rebuild-reader-failed');
    expect(await place.readStore.model(topics).get('topic 0')).toMatchObject({ notes: 9 });
  });

  it('goes on alone where the thread fails, and says so in codes', async () => {
    const failing: PageSource = {
      next: (after) =>
        pagesRead > 3 ? Promise.reject(new TypeError('text 7 is personal')) : own().next(after),
    };
    expect(await again(reading(failing))).toMatchObject({ events: NOTES, same: 7 });
    expect(opened).toBe(0);
    expect(log.lines).toContainEqual({
      ...{ level: 'warn', event: 'rebuild-reader-failed' },
      ...{ projection: 'topics', error: 'TypeError' },
    });
    expect(JSON.stringify(log.lines)).not.toContain('personal');
  });

  it('is as strict as alone: an event that cannot be read ends it, with its own error', async () => {
    await writeUnreadableNote(place);
    await expect(again(reading(own()))).rejects.toMatchObject({ code: 'stored-event-unreadable' });
    expect(opened).toBe(0);
  });

  it('starts none for a ledger that is read before it would have begun', async () => {
    const few: PageSource = projectedPages({ ...place, projection: topics, formats });
    await rebuild({
      ...place,
      startReader: reading(few),
      projection: topics,
      formats,
      holder: 'rebuild',
      clock: Date.now,
      log,
      signal: new AbortController().signal,
    });
    expect(pagesRead).toBe(0);
  });
});
