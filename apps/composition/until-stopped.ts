/**
 * A signal that aborts at SIGTERM or SIGINT. A second SIGINT ends the process at once, as a person at a
 * terminal expects.
 */
export const untilStopped = (): AbortSignal => {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  return controller.signal;
};
