import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ImportId } from '#domain/kernel/index';
import { EventLogUnavailable, VersionConflict } from '#libs/event-log/port';
import { KeyringUnavailable } from '#libs/keyring/index';
import { LEASE_MILLISECONDS, type Lease } from '#libs/leases/port';
import { errorDetails } from '#libs/projecting/index';
import { importOfUndoNote } from '#libs/uploads/index';
import { ImportJob } from './carry-out-import.ts';
import { ImportTakenOver } from './import-record.ts';
import type { ImporterParts } from './parts.ts';
import { sweepUploads } from './sweep-uploads.ts';
import { UndoJob } from './undo/undo-job.ts';

/** What failed for the time being (a full disk, mostly), or is in another importer's hands, is tried again after this. */
const RETRY_AFTER_MILLISECONDS = 2_000;
/** A busy ledger wakes the importer with every event; it looks around no more often than this. */
const PAUSE_MILLISECONDS = 200;

/**
 * Carries out the uploaded files and the undos, one after the other, until the signal aborts. An unfinished
 * import is one whose file is still there, an unfinished undo one whose note is, so nothing else has to be
 * remembered. Rejects when the ledger must not be
 * written any more.
 */
export const startImporter = async (parts: ImporterParts): Promise<void> => {
  const holder = `importer/${randomUUID()}`;
  const { signal } = parts;
  await sweepUploads(parts);
  while (!signal.aborted) {
    const head = await parts.ledger.head();
    const isAllDone = await doAll(parts, holder);
    await waitForMore(parts, head, isAllDone);
  }
};

const doAll = async (parts: ImporterParts, holder: string): Promise<boolean> => {
  let isAllDone = true;
  for (const { name, staged } of await parts.uploads.list()) {
    if (parts.signal.aborted) break;
    const job = staged ? undefined : jobOf(parts, name);
    if (job !== undefined) isAllDone = (await doOne(parts, job, holder)) && isAllDone;
  }
  return isAllDone;
};

type Job = Readonly<{ id: ImportId; what: 'import' | 'undo'; work: Pick<ImportJob, 'run'> }>;

/** What a file among the uploads asks for. */
const jobOf = (parts: ImporterParts, name: string): Job | undefined => {
  if (ImportId.is(name)) return { id: name, what: 'import', work: new ImportJob(parts, name) };
  const id = importOfUndoNote(name);
  return id && { id, what: 'undo', work: new UndoJob(parts, id) };
};

/** True when nothing more has to be done for the import. */
const doOne = async (
  parts: ImporterParts,
  { id, what, work }: Job,
  holder: string,
): Promise<boolean> => {
  const { leases, clock, log, leaseMilliseconds = LEASE_MILLISECONDS } = parts;
  const name = `import/${id}`;
  const renewAfter = leaseMilliseconds / 5;
  let lease = await leases.acquire(name, holder, clock(), leaseMilliseconds);
  if (lease === undefined) return false;
  let renewAt = clock() + renewAfter;
  const stillOurs = async (): Promise<void> => {
    if (clock() < renewAt) return;
    const renewed = await leases.acquire(name, holder, clock(), leaseMilliseconds);
    if (renewed === undefined || renewed.token !== lease?.token) throw new ImportTakenOver();
    lease = renewed;
    renewAt = clock() + renewAfter;
  };
  try {
    const outcome = await work.run(stillOurs);
    if (outcome === 'over') log.info({ import: id }, `${what} is over`);
    return outcome !== 'stopped';
  } catch (error) {
    if (!isPassing(error)) throw error;
    log.error({ import: id, ...errorDetails(error) }, `${what} waits`);
    return false;
  } finally {
    await release(parts, lease);
  }
};

const release = async ({ leases }: ImporterParts, lease: Lease | undefined): Promise<void> => {
  if (lease !== undefined) await leases.release(lease);
};

/** What may go better later: a full disk, a keyring that somebody else is cleaning, another importer. */
const isPassing = (error: unknown): boolean => {
  if (error instanceof ImportTakenOver || error instanceof VersionConflict) return true;
  if (error instanceof EventLogUnavailable) return error.code === 'disk-full';
  return error instanceof KeyringUnavailable && ['disk-full', 'busy'].includes(error.code);
};

const waitForMore = async (
  { ledger, signal, leaseMilliseconds = RETRY_AFTER_MILLISECONDS }: ImporterParts,
  head: Awaited<ReturnType<ImporterParts['ledger']['head']>>,
  isAllDone: boolean,
): Promise<void> => {
  const retryAfter = Math.min(RETRY_AFTER_MILLISECONDS, leaseMilliseconds);
  const wait = isAllDone ? signal : AbortSignal.any([signal, AbortSignal.timeout(retryAfter)]);
  await ledger.waitForAppend(head, wait);
  await delay(PAUSE_MILLISECONDS, undefined, { signal }).catch(() => undefined);
};
