import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as timer } from 'node:timers/promises';
import type { Position } from '#domain/kernel/index';
import type { Lease, Leases } from '#libs/leases/port';
import type { Generation, ReadStore } from '#libs/read-store/port';
import { rebuild, runProjections, whenProcessed, type RunProjectionsOptions } from './index.ts';
import { formats, keptLog, openPlace, topics, type Place } from './testing/place.ts';
import { outage } from './testing/outage.ts';

const PROJECTING = 'projecting/topics';

const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = AbortSignal.timeout(25_000);
  while (!(await holds())) {
    deadline.throwIfAborted();
    await timer(20);
  }
};

type Slow = Readonly<{ apply?: () => Promise<void>; scan?: () => Promise<void> }>;

/** A store that takes its time for a page. */
const slowed = (readStore: ReadStore, { apply, scan }: Slow): ReadStore => {
  const over = (generation: Generation): Generation => ({
    ...generation,
    apply: async (batch) => {
      await apply?.();
      await generation.apply(batch);
    },
    scan: async (after, limit) => {
      await scan?.();
      return generation.scan(after, limit);
    },
    // So that it is scanned.
    equals: async () => false,
  });
  return {
    ...readStore,
    serving: async (model) => over(await readStore.serving(model)),
    begin: async (model) => over(await readStore.begin(model)),
  };
};

/** Notes every lease that a holder gets. */
const noted = (leases: Leases, taken: Lease[]): Leases => ({
  ...leases,
  acquire: async (...asked) => {
    const lease = await leases.acquire(...asked);
    if (lease !== undefined) taken.push(lease);
    return lease;
  },
});

describe('a server that takes longer for a page than a lease lasts', () => {
  let place: Place;
  let stop: AbortController;
  let running: Promise<void> | undefined;
  let taken: Lease[];
  const log = keptLog();
  beforeEach(async () => {
    place = await openPlace();
    await place.write('a', 'b');
    stop = new AbortController();
    running = undefined;
    taken = [];
    log.lines.length = 0;
  });
  afterEach(async () => {
    stop.abort();
    await running;
    await place.remove();
  });

  const shared = (holder: string) => ({
    ...place,
    ...{ formats, holder, clock: Date.now, log, signal: stop.signal },
  });
  const run = (options: Partial<RunProjectionsOptions> = {}): void => {
    running = runProjections({ ...shared('runner'), projections: [topics], ...options });
  };
  const again = (options: Partial<Parameters<typeof rebuild>[0]> = {}) =>
    rebuild({ ...shared('rebuild'), projection: topics, ...options });
  const seen = async (): Promise<void> => {
    const head = (await place.ledger.head()) ?? ('' as Position);
    const model = place.readStore.model(topics);
    expect(await whenProcessed(model, head, { timeoutMilliseconds: 20_000 })).toBe(true);
  };

  /** Waits past the end of a lease as it was taken first. */
  const pastFirst = (name: string) => async (): Promise<void> => {
    const first = taken.find((each) => each.name === name);
    await until(() => Date.now() > (first?.expiresAt ?? Infinity));
  };

  it('a rebuild keeps the runner still, and ends equal (LED-4)', async () => {
    run();
    await seen();
    const before = (await place.readStore.serving(topics)).id;
    const leases = noted(place.leases, taken);
    const readStore = slowed(place.readStore, { scan: pastFirst(PROJECTING) });
    expect(await again({ leases, readStore })).toMatchObject({ documents: 2, same: 2 });
    const projecting = taken.filter(({ name }) => name === PROJECTING);
    expect(projecting.length).toBeGreaterThan(2);
    expect(new Set(projecting.map(({ token }) => token)).size).toBe(1);
    expect((await place.readStore.serving(topics)).id).not.toBe(before);
  });

  it('a runner keeps its lease while it applies a page, and lets go when a rebuild asks for it', async () => {
    const leases = noted(place.leases, taken);
    let pages = 0;
    const apply = async (): Promise<void> => {
      pages += 1;
      if (pages > 1) return;
      await pastFirst(PROJECTING)();
      expect(await place.leases.acquire(PROJECTING, 'other', Date.now(), 1)).toBeUndefined();
    };
    run({ leases, readStore: slowed(place.readStore, { apply }) });
    await until(() => pages > 0);
    expect(await again()).toMatchObject({ documents: 2, same: 2 });
    expect(log.lines.filter(({ level }) => level !== 'info')).toEqual([]);
  });

  it.each([PROJECTING, 'cut-over/topics', 'rebuilding/topics'])(
    'a rebuild that lost %s to somebody else in between is given up, and says so',
    async (name) => {
      const before = (await place.readStore.serving(topics)).id;
      const loseIt = async (): Promise<void> => {
        // As for one whose clock says that it ran out, who is done with it soon.
        const other = await place.leases.acquire(name, 'other', Date.now() + 3_600_000, 1);
        if (other === undefined) throw new Error('The lease was not to be had.');
        await place.leases.release(other);
        const before = taken.length;
        await until(() => taken.slice(before).some((each) => each.name === name));
      };
      let scans = 0;
      const scan = async (): Promise<void> => {
        scans += 1;
        if (scans === 1) await loseIt();
      };
      const leases = noted(place.leases, taken);
      const readStore = slowed(place.readStore, { scan });
      await expect(again({ leases, readStore })).rejects.toMatchObject({
        code: 'lease-lost',
        message: expect.stringContaining('Run it again'),
      });
      expect((await place.readStore.serving(topics)).id).toBe(before);
    },
  );

  it('what ended a rebuild is told, and not that it could not be cleaned up after', async () => {
    const server = outage();
    const readStore = server.over(place.readStore, ['discard', 'scrub']);
    const broken = {
      ...topics,
      project: () => {
        server.begin();
        throw new TypeError('broken');
      },
    };
    await expect(again({ readStore, projection: broken })).rejects.toThrow('broken');
    expect(log.lines).toContainEqual(
      expect.objectContaining({ event: 'rebuild-not-cleaned-up', code: 'unreachable' }),
    );
  });
});
