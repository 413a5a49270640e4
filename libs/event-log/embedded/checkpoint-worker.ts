// The thread of checkpoints.ts: it imports nothing of this project, so that it starts at once.
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * `copy`: what can be copied while others write. `restart`: all of it, keeping writers out, so that
 * the log starts again from its beginning.
 */
export type CheckpointRequest = 'copy' | 'restart' | 'close';
/** An error of SQLite loses its code on the way between threads, so it travels in parts. */
export type CheckpointAnswer = Readonly<{
  /** Something was left to do, because others read or write. */
  isBusy: boolean;
  failure?: Readonly<{ errcode: number; message: string }>;
}>;

/** How long writers may be kept out for the sake of a reader. */
const TIMEOUT_MILLISECONDS = 50;

const { path, synchronous } = workerData as { path: string; synchronous: string };
const database = new DatabaseSync(path, { timeout: TIMEOUT_MILLISECONDS });
database.exec(`PRAGMA synchronous = ${synchronous}; PRAGMA checkpoint_fullfsync = ON`);
const copy = database.prepare('PRAGMA wal_checkpoint(PASSIVE)');
const restart = database.prepare('PRAGMA wal_checkpoint(RESTART)');

const answer = (request: 'copy' | 'restart'): CheckpointAnswer => {
  try {
    return { isBusy: (request === 'copy' ? copy : restart).get()?.['busy'] === 1 };
  } catch (error) {
    if (!(error instanceof Error && 'errcode' in error)) throw error;
    return { isBusy: false, failure: { errcode: Number(error.errcode), message: error.message } };
  }
};

parentPort?.on('message', (request: CheckpointRequest) => {
  if (request !== 'close') {
    parentPort?.postMessage(answer(request));
    return;
  }
  database.close();
  parentPort?.close();
});
