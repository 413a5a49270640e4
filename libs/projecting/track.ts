import type { AnyEvent, Position, Recorded } from '#domain/kernel/index';
import type { Leases } from '#libs/leases/port';
import type { Generation, ReadStore } from '#libs/read-store/port';
import type { Projection } from '#libs/read-store/projection';
import type { ErrorPolicy } from './error-policy.ts';
import { heldLease, leaseNames, renewedWhile } from './held-lease.ts';
import { errorDetails, type Clock, type Log } from './log.ts';
import { isUnreachable } from './outage.ts';
import { outageBackOff } from './pause.ts';
import type { Progress, ProjectionState } from './progress.ts';
import { batchOf, type Page } from './read-page.ts';

export type TrackOptions = Readonly<{
  readStore: ReadStore;
  leases: Leases;
  holder: string;
  clock: Clock;
  log: Log;
  progress: Progress;
  policy: ErrorPolicy;
  onError?: ((name: string, error: unknown) => void) | undefined;
}>;

/** One projection on its way through the ledger, as far as this process is in charge of it. */
export type Track = Readonly<{
  projection: Projection;
  checkpoint: () => Position | undefined;
  /** True when it can take a page now: the lease is ours and no pause after a failure is on. */
  isReady: () => Promise<boolean>;
  isStopped: () => boolean;
  /** Applies a page that begins after the checkpoint; failures are kept, not thrown. */
  take: (page: Page) => Promise<void>;
  failed: (error: unknown) => Promise<void>;
  isLive: () => void;
  release: () => Promise<void>;
}>;

const milliseconds = (recorded: Recorded<AnyEvent> | undefined): number | undefined =>
  recorded === undefined ? undefined : Date.parse(recorded.metadata.recordedAt);

export const projectionTrack = (projection: Projection, options: TrackOptions): Track => {
  const { readStore, leases, holder, clock, log, progress, policy, onError } = options;
  const { name } = projection;
  const lease = heldLease(leases, leaseNames.projecting(name), { holder, clock });
  let generation: Generation | undefined;
  let checkpoint: Position | undefined;
  let state: ProjectionState = 'waiting';
  let events = 0;
  let newestAt: number | undefined;
  let failures = 0;
  let outages = 0;
  let retryAt = 0;
  let isRenewed = false;

  const report = (now: ProjectionState): void => {
    if (now === 'live' && state === 'live') return;
    state = now;
    progress.update({
      name,
      state,
      ...(checkpoint === undefined ? {} : { checkpoint }),
      events,
      lagMilliseconds:
        state === 'live' || newestAt === undefined ? 0 : Math.max(0, clock() - newestAt),
    });
  };

  /** A rebuild that is about to end asks for a moment without changes. */
  const mustYield = async (): Promise<boolean> => {
    if (!isRenewed && !lease.isDue()) return false;
    isRenewed = false;
    return leases.isHeld(leaseNames.cutOver(name), clock());
  };

  /** While a page takes a busy server longer than a lease lasts: whoever took it then would find the page half there. */
  const renew = (): Promise<boolean> => {
    isRenewed = true;
    return lease.hold();
  };

  /** The generation that serves may be another one since the last page: `rebuild` has promoted it. */
  const follow = async (): Promise<void> => {
    const serving = await readStore.serving(projection);
    if (serving.id === generation?.id) return;
    generation = serving;
    checkpoint = await serving.checkpoint();
  };

  const isReady = async (): Promise<boolean> => {
    if (state === 'stopped' || clock() < retryAt) return false;
    try {
      if (await mustYield()) {
        await lease.release();
        generation = undefined;
      }
      if (!(await lease.hold())) {
        generation = undefined;
        report('waiting');
        return false;
      }
      await follow();
      return true;
    } catch (error) {
      await failed(error);
      return false;
    }
  };

  /** A server does not answer. That is no fault of the projection, and ends by itself. */
  const waitOut = (error: unknown): void => {
    outages += 1;
    if (outages === 1) {
      const details = { projection: name, event: 'projection-waits', ...errorDetails(error) };
      log.warn(details, 'A projection waits for a server that does not answer.');
    }
    tryAgainAfter(outageBackOff(outages));
  };

  const tryAgainAfter = (pauseMilliseconds: number): void => {
    retryAt = clock() + pauseMilliseconds;
    report('waiting');
    // What is stored says where to go on.
    generation = undefined;
  };

  const goesOn = (): void => {
    if (outages > 0) {
      log.info({ projection: name, event: 'projection-goes-on' }, 'A projection goes on.');
    }
    failures = 0;
    outages = 0;
  };

  const failed = async (error: unknown): Promise<void> => {
    if (isUnreachable(error)) {
      waitOut(error);
      return;
    }
    failures += 1;
    onError?.(name, error);
    const next = policy(failures);
    const details = { projection: name, failures, ...errorDetails(error) };
    if (next === 'stop') {
      log.error(
        { ...details, event: 'projection-stopped' },
        'A projection failed and was stopped.',
      );
      report('stopped');
      await lease.release();
      return;
    }
    log.warn({ ...details, event: 'projection-failed' }, 'A projection failed and is tried again.');
    tryAgainAfter(next.retryAfterMilliseconds);
  };

  const take = async ({ events: page, end }: Page): Promise<void> => {
    const serving = generation;
    if (serving === undefined || end === undefined || end === checkpoint) return;
    try {
      await renewedWhile(renew, () => serving.apply(batchOf(projection, page, end)));
    } catch (error) {
      await failed(error);
      return;
    }
    checkpoint = end;
    goesOn();
    events += page.length;
    newestAt = milliseconds(page.at(-1)) ?? newestAt;
    report('catching-up');
  };

  return {
    projection,
    checkpoint: () => checkpoint,
    isReady,
    isStopped: () => state === 'stopped',
    take,
    failed,
    isLive: () => {
      goesOn();
      report('live');
    },
    release: () => lease.release(),
  };
};
