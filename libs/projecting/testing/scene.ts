import { afterEach, beforeEach, expect } from '@jest/globals';
import type { Position } from '#domain/kernel/index';
import type { Projection } from '#libs/read-store/projection';
import { runProjections, whenProcessed, type RunProjectionsOptions } from '../index.ts';
import { counts, formats, keptLog, openPlace, topics, type Place } from './place.ts';

/** Runners on real engines. Each test finds a new place, and leaves nothing running. */
export class Scene {
  readonly log = keptLog();
  stop = new AbortController();
  running: Promise<void>[] = [];
  #place: Place | undefined;
  #holders = 0;

  get place(): Place {
    if (this.#place === undefined) throw new Error('The scene was not set.');
    return this.#place;
  }

  async set(): Promise<void> {
    this.#place = await openPlace();
    this.stop = new AbortController();
    this.running = [];
    this.log.lines.length = 0;
  }

  async clear(): Promise<void> {
    this.stop.abort();
    await Promise.all(this.running);
    await this.place.remove();
  }

  /** What each runner, rebuild and subscriber is told. */
  optionsFor(name: string) {
    return {
      ...this.place,
      formats,
      holder: `${name} ${(this.#holders += 1)}`,
      clock: Date.now,
      log: this.log,
      signal: this.stop.signal,
    };
  }

  start(options: Partial<RunProjectionsOptions> = {}): Promise<void> {
    const run = runProjections({
      ...this.optionsFor('runner'),
      projections: [topics, counts],
      ...options,
    });
    this.running.push(run);
    return run;
  }

  /** All that is written by now is in the model. */
  async seen(projection: Projection = topics): Promise<void> {
    const head = (await this.place.ledger.head()) ?? ('' as Position);
    const model = this.place.readStore.model(projection);
    expect(await whenProcessed(model, head, { timeoutMilliseconds: 20_000 })).toBe(true);
  }

  async notes(topic: string): Promise<unknown> {
    return (await this.place.readStore.model(topics).get(topic))?.['notes'];
  }
}

/** One for every test of the `describe` that it is called in. */
export const useScene = (): Scene => {
  const scene = new Scene();
  beforeEach(() => scene.set());
  afterEach(() => scene.clear());
  return scene;
};

/** An event that no reader of the ledger can decode. */
export const writeUnreadableNote = async ({ eventLog }: Pick<Place, 'eventLog'>): Promise<void> => {
  await eventLog.append({
    stream: 'notebook-unreadable',
    expected: 'no-stream',
    events: [
      {
        id: '00000000-0000-4000-8000-000000000001',
        type: 'NoteTaken.v1',
        data: '{"topic":',
        metadata: '{}',
      },
    ],
  });
};
