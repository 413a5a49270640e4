import { randomUUID } from 'node:crypto';
import type { Keyring } from '#libs/keyring/index';
import type { Leases } from '#libs/leases/port';
import type { Ledger } from '#libs/ledger/index';
import {
  cleanUpRebuilds,
  projectionProgress,
  readStoreCheckpoints,
  runProjections,
  runSubscriber,
  throughOutage,
  type Log,
  type Progress,
} from '#libs/projecting/index';
import type { ReadStore } from '#libs/read-store/port';
import { projections } from '#projections/index';
import { recipientDirectory } from '#projections/recipient-directory/index';
import { carryOutErasures } from './erasure.ts';
import { formats } from './formats.ts';

export type ProjectorOptions = Readonly<{
  ledger: Ledger;
  keyring: Keyring;
  readStore: ReadStore;
  leases: Leases;
  log: Log;
  /** Ends the projector; it stops between two batches. */
  signal: AbortSignal;
  /** Removes what an erasure made unreadable elsewhere, such as in the built-in mailbox. */
  scrubOthers?: () => Promise<void>;
  clock?: () => number;
}>;

export type Projector = Readonly<{
  progress: Progress;
  /** Resolves once everything has stopped; rejects when a part of it ended by a bug. */
  stopped: Promise<void>;
}>;

/** Keeps the read models up to date and carries out erasures, until the signal aborts. */
export const startProjector = async (options: ProjectorOptions): Promise<Projector> => {
  const { ledger, readStore, leases, log, signal, clock = Date.now } = options;
  const holder = `projector ${process.pid} ${randomUUID()}`;
  const shared = { ledger, formats, readStore, leases, holder, clock, log, signal };
  const progress = projectionProgress();
  await throughOutage(async () => {
    for (const projection of projections) await readStore.serving(projection);
    await cleanUpRebuilds(projections, shared);
  }, signal);
  const running = Promise.all([
    runProjections({ ...shared, projections, progress }),
    runSubscriber({
      ...shared,
      name: 'erasure',
      formats: formats.filter(({ category }) => category === 'recipient'),
      checkpoints: readStoreCheckpoints(readStore),
      handle: carryOutErasures({ ...options, personalModels: [recipientDirectory] }),
    }),
  ]);
  log.info({ event: 'projector-started', projections: projections.length }, 'Projector started.');
  return { progress, stopped: running.then(() => undefined) };
};
