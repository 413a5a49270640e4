import type { Leases } from '#libs/leases/port';
import type { Projection } from '#libs/read-store/projection';
import { heldLease, leaseNames, renewedWhile, type HeldLease } from './held-lease.ts';
import type { Clock } from './log.ts';
import { pause } from './pause.ts';
import { RebuildFailed } from './rebuild-failed.ts';

type StillOptions = Readonly<{
  projection: Projection;
  leases: Leases;
  holder: string;
  clock: Clock;
  signal: AbortSignal;
}>;

const TRY_AGAIN_MILLISECONDS = 20;

/** Throws once the rebuild must end: it was asked to, or a lease went to somebody else. */
export type Keep = () => Promise<void>;

export const keeper = (
  leases: readonly HeldLease[],
  { signal, projection }: StillOptions,
): Keep => {
  const tokens = leases.map((lease) => lease.token());
  return async () => {
    const held = await Promise.all(leases.map((lease) => lease.hold()));
    if (signal.aborted) {
      throw new RebuildFailed(
        'aborted',
        `The rebuild of ${projection.name} was interrupted. What served before serves on.`,
      );
    }
    // One that was lost may have been taken again since.
    if (held.every(Boolean) && leases.every((lease, n) => lease.token() === tokens[n])) return;
    throw new RebuildFailed(
      'lease-lost',
      `The rebuild of ${projection.name} was given up: what keeps its leases was too busy to renew them in time. What served before serves on. Run it again when there is less to do.`,
    );
  };
};

/** Does the work while no runner changes the serving model: theirs is the lease until they let go of it. */
export const withRunnerStill = async <T>(
  lease: HeldLease,
  options: StillOptions,
  work: (keep: Keep) => Promise<T>,
): Promise<T> => {
  const { leases, projection, signal } = options;
  const request = heldLease(leases, leaseNames.cutOver(projection.name), options);
  const projecting = heldLease(leases, leaseNames.projecting(projection.name), options);
  const keepAlone = keeper([lease], options);
  const waiting = async (): Promise<void> => {
    await keepAlone();
    await pause(TRY_AGAIN_MILLISECONDS, signal);
  };
  try {
    while (!(await request.hold())) await waiting();
    while (!(await projecting.hold())) {
      // Asked for until the runner has let go.
      await request.hold();
      await waiting();
    }
    const all = [lease, request, projecting];
    const keep = keeper(all, options);
    // A page may take a busy server longer than a lease lasts.
    return await renewedWhile(
      () => Promise.all(all.map((each) => each.hold())),
      () => work(keep),
    );
  } finally {
    await projecting.release();
    await request.release();
  }
};
