import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ImportId } from '#domain/kernel/index';
import { EventLogUnavailable, VersionConflict } from '#libs/event-log/port';
import { KeyringUnavailable } from '#libs/keyring/index';
import { LEASE_MILLISECONDS } from '#libs/leases/port';
import { errorDetails, giveBack, isUnreachable, renewedWhile } from '#libs/projecting/index';
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
const WAITS = 'The importer waits for a server that does not answer.';

/**
 * Carries out the uploaded files and the undos, one after the other, until the signal aborts. An unfinished
 * import is one whose file is still there, an unfinished undo one whose note is, so nothing else has to be
 * remembered. A server that does not answer is waited for. Rejects when the ledger must not be written any more.
 */
export const startImporter = async (parts: ImporterParts): Promise<void> => {
  const holder = `importer/${randomUUID()}`;
  const { signal, log } = parts;
  log.info({ event: 'importer-started', holder }, 'The importer has started.');
  let isSwept = false;
  let isAway = false;
  while (!signal.aborted) {
    try {
      if (!isSwept) await sweepUploads(parts);
      isSwept = true;
      const head = await parts.ledger.head();
      const isAllDone = await doAll(parts, holder);
      if (isAway) log.info({ event: 'importer-goes-on' }, 'The importer goes on.');
      isAway = false;
      await waitForMore(parts, head, isAllDone);
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      if (!isAway) log.warn({ event: 'importer-waits', ...errorDetails(error) }, WAITS);
      isAway = true;
      await pause(retryAfter(parts), signal);
    }
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
    // A batch may take longer than the lease lasts where everything else is slow.
    const outcome = await renewedWhile(stillOurs, () => work.run(stillOurs), renewAfter);
    if (outcome === 'over') log.info({ import: id }, `${what} is over`);
    return outcome !== 'stopped';
  } catch (error) {
    if (!isPassing(error)) throw error;
    log.error({ import: id, ...errorDetails(error) }, `${what} waits`);
    return false;
  } finally {
    await giveBack(leases, lease);
  }
};

/** What may go better later: a full disk, a server that is away, a keyring that somebody is cleaning, another importer. */
const isPassing = (error: unknown): boolean => {
  if (error instanceof ImportTakenOver || error instanceof VersionConflict) return true;
  if (isUnreachable(error)) return true;
  if (error instanceof EventLogUnavailable) return error.code === 'disk-full';
  return error instanceof KeyringUnavailable && ['disk-full', 'busy'].includes(error.code);
};

const retryAfter = ({ leaseMilliseconds = LEASE_MILLISECONDS }: ImporterParts): number =>
  Math.min(RETRY_AFTER_MILLISECONDS, leaseMilliseconds);

const waitForMore = async (
  parts: ImporterParts,
  head: Awaited<ReturnType<ImporterParts['ledger']['head']>>,
  isAllDone: boolean,
): Promise<void> => {
  const { ledger, signal } = parts;
  const soon = AbortSignal.timeout(retryAfter(parts));
  const wait = isAllDone ? signal : AbortSignal.any([signal, soon]);
  await ledger.waitForAppend(head, wait);
  await pause(PAUSE_MILLISECONDS, signal);
};

const pause = (milliseconds: number, signal: AbortSignal): Promise<unknown> =>
  delay(milliseconds, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
