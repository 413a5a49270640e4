import type { AnyEvent, Position, Recorded } from '#domain/kernel/index';
import type { Ledger } from '#libs/ledger/port';
import type { Leases } from '#libs/leases/port';
import type { ReadStore } from '#libs/read-store/port';
import { heldLease, leaseNames, renewedWhile, type HeldLease } from './held-lease.ts';
import { errorDetails, type Clock, type Log } from './log.ts';
import { isUnreachable } from './outage.ts';
import { backOff, outageBackOff, pause } from './pause.ts';
import { readPage, type Formats } from './read-page.ts';

/** Where a subscriber keeps how far it is. */
export type CheckpointStore = Readonly<{
  load: (name: string) => Promise<Position | undefined>;
  save: (name: string, position: Position) => Promise<void>;
}>;

/**
 * Checkpoints beside the read models. Read models may be deleted: a subscriber then begins again, and must
 * therefore do nothing twice however often it sees an event.
 */
export const readStoreCheckpoints = (readStore: ReadStore): CheckpointStore => {
  const serving = (name: string) =>
    readStore.serving({ name: `subscriber-${name}`, version: 1, indexes: [] });
  return {
    load: async (name) => (await serving(name)).checkpoint(),
    save: async (name, position) =>
      (await serving(name)).apply({ changes: [], checkpoint: position }),
  };
};

export type RunSubscriberOptions = Readonly<{
  name: string;
  ledger: Ledger;
  /** The kinds of stream that it reads. */
  formats: Formats;
  checkpoints: CheckpointStore;
  leases: Leases;
  holder: string;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
  /** Must be harmless when it sees a batch again: it may have ended before its checkpoint was saved. */
  handle: (batch: readonly Recorded<AnyEvent>[]) => Promise<void>;
  pageSize?: number;
}>;

const PAGE_SIZE = 500;
/** At the head of the ledger, so that under steady writes events are taken in batches. */
const GATHER_MILLISECONDS = 50;
const LONGEST_WAIT_MILLISECONDS = 1_000;

/**
 * Hands every event of the ledger, in order, to one handler among all processes, until the signal aborts.
 * A batch that fails is tried again for ever with growing pauses, short ones while a server does not answer:
 * nothing is skipped. Personal parts stay closed: whoever acts on an event needs to know that it happened, and can
 * read the stream for more.
 */
export const runSubscriber = async (options: RunSubscriberOptions): Promise<void> => {
  const { name, leases, holder, clock, signal } = options;
  const lease = heldLease(leases, leaseNames.subscribing(name), { holder, clock });
  let failures = 0;
  try {
    while (!signal.aborted) {
      try {
        if (await lease.hold()) await followWhileHeld(lease, options, () => (failures = 0));
        else await pause(LONGEST_WAIT_MILLISECONDS / 2, signal);
      } catch (error) {
        failures += 1;
        await pause(afterFailure(error, failures, options), signal);
      }
    }
  } finally {
    await lease.release();
  }
};

/** Says that it failed, and for how long to wait. A server that is away is mentioned once. */
const afterFailure = (
  error: unknown,
  failures: number,
  { name, log }: RunSubscriberOptions,
): number => {
  const isAway = isUnreachable(error);
  if (!isAway || failures === 1) {
    const details = { event: 'subscriber-failed', subscriber: name, failures };
    log.warn({ ...details, ...errorDetails(error) }, 'A subscriber failed and is tried again.');
  }
  return isAway ? outageBackOff(failures) : backOff(failures);
};

/** No key is looked up and nothing decrypted. */
const NOTHING_OPENED: ReadonlySet<string> = new Set();

const followWhileHeld = async (
  lease: HeldLease,
  options: RunSubscriberOptions,
  succeeded: () => void,
): Promise<void> => {
  const { name, ledger, formats, checkpoints, signal, handle, pageSize = PAGE_SIZE } = options;
  const reading = { formats, opens: NOTHING_OPENED };
  let checkpoint = await checkpoints.load(name);
  while (!signal.aborted && (await lease.hold())) {
    const { events, end } = await readPage(ledger, checkpoint, pageSize, reading);
    if (events.length > 0) await renewedWhile(lease.hold, () => handle(events));
    if (end !== undefined && end !== checkpoint) await checkpoints.save(name, end);
    succeeded();
    if (end === checkpoint) {
      const until = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_WAIT_MILLISECONDS)]);
      await ledger.waitForAppend(checkpoint, until);
    }
    if (events.length < pageSize) await pause(GATHER_MILLISECONDS, signal);
    checkpoint = end;
  }
};
