import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { STOP } from '#apps/composition/index';

/** A part of the product that runs in a thread of its own. */
export type RunningWorker = Readonly<{
  name: string;
  /** Resolves with the exit code once the thread has ended, whatever the reason. */
  ended: Promise<number>;
  /** Asks it to finish its batch and end. */
  stop: () => void;
}>;

/** Starts the program of a part as a thread. It opens its own engines on the same data directory. */
export const startWorker = async (name: string, program: URL): Promise<RunningWorker> => {
  const worker = new Worker(program, { name });
  const ended = new Promise<number>((resolve) => worker.once('exit', resolve));
  // The program reports its own errors; what it did not catch ends it, and `exit` follows.
  worker.on('error', (error: unknown) => {
    const kind = error instanceof Error ? error.name : 'unknown';
    process.stderr.write(`The ${name} ended by an error: ${kind}.\n`);
  });
  await Promise.race([once(worker, 'online'), ended]);
  return {
    name,
    ended,
    stop: () => {
      worker.postMessage(STOP);
    },
  };
};

/** Programs beside this one, as the build makes them. */
export const programOf = (name: string): URL => new URL(`../${name}/main.js`, import.meta.url);
