import { isMainThread, parentPort } from 'node:worker_threads';

/** What a program says to its worker threads, which get no signals: finish and end. */
export const STOP = 'stop';
/** What a worker thread says once it would hear that: before, nothing is under way that it could finish. */
export const LISTENING = 'listening';

/**
 * A signal that aborts at SIGTERM or SIGINT, or in a worker thread when the program says so. A second
 * SIGINT ends the process at once, as a person at a terminal expects.
 */
export const untilStopped = (): AbortSignal => {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  if (isMainThread) {
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
  } else {
    parentPort?.on('message', (message: unknown) => {
      if (message === STOP) stop();
    });
    parentPort?.postMessage(LISTENING);
    // Listening alone does not keep a thread alive that has nothing else to do.
    parentPort?.unref();
  }
  return controller.signal;
};
