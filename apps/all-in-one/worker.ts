import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { LISTENING, STOP } from '#apps/composition/index';

/** A part of the product that runs in a thread of its own. */
export type RunningWorker = Readonly<{
  name: string;
  /** Resolves once it would hear that it is to end; never when it ends before. */
  listening: Promise<void>;
  /** Resolves with the exit code once the thread has ended, whatever the reason. */
  ended: Promise<number>;
  /** Asks it to finish its batch and end; one that is still loading just ends. */
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
  let isListening = false;
  const listening = new Promise<void>((resolve) => {
    worker.on('message', (message: unknown) => {
      if (message !== LISTENING) return;
      isListening = true;
      resolve();
    });
  });
  await Promise.race([once(worker, 'online'), ended]);
  return {
    name,
    listening,
    ended,
    stop: () => {
      if (isListening) worker.postMessage(STOP);
      else void worker.terminate();
    },
  };
};

/** Programs beside this one, as the build makes them. */
export const programOf = (name: string): URL => new URL(`../${name}/main.js`, import.meta.url);
