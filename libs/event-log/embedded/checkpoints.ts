import { once } from 'node:events';
import { extname } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import type { CheckpointAnswer, CheckpointRequest } from './checkpoint-worker.ts';

type Options = Readonly<{
  database: DatabaseSync;
  path: string;
  synchronous: 'FULL' | 'NORMAL';
  /** Pages of the write-ahead log that are copied at a time. */
  afterPages: number;
  onError: (error: unknown) => void;
}>;

/** At so many times that length the write-ahead log should start again from its beginning. */
const LONG = 4;

/**
 * Copies the write-ahead log back into the file. SQLite could do it within a commit, but would hide
 * an I/O error and stop this thread for some 20 ms; so a thread of its own does it, started when
 * first needed.
 */
export class Checkpoints {
  readonly #options: Options;
  readonly #look: StatementSync;
  #worker: Worker | undefined;
  #answered: Promise<CheckpointAnswer | undefined> | undefined;
  #longAt: number;
  #isStopped = false;

  constructor(options: Options) {
    this.#options = options;
    this.#look = options.database.prepare('PRAGMA wal_checkpoint(NOOP)');
    this.#longAt = LONG * options.afterPages;
  }

  /**
   * To be called between transactions; mostly returns at once. When the log must start again it
   * resolves once it does, so that this process does not compete for the lock with its own thread.
   */
  async runWhenDue(): Promise<void> {
    if (this.#isStopped || this.#answered !== undefined) return;
    const { afterPages } = this.#options;
    const { pages, toCopy } = this.#length();
    const isLong = pages >= this.#longAt;
    if (isLong && (toCopy < afterPages / 8 || pages >= 2 * this.#longAt)) {
      const answer = await this.#ask('restart');
      // Somebody reads for long, a backup perhaps: let the log grow before trying again.
      this.#longAt = answer?.isBusy ? pages + afterPages : LONG * afterPages;
    } else if (toCopy >= (isLong ? afterPages / 8 : afterPages)) {
      void this.#ask('copy');
    }
  }

  /** After a failure this process must not touch the files again. */
  stop(): void {
    this.#isStopped = true;
  }

  async close(): Promise<void> {
    await this.#answered;
    if (this.#worker === undefined) return;
    this.#worker.ref();
    this.#worker.postMessage('close' satisfies CheckpointRequest);
    await once(this.#worker, 'exit');
  }

  #length(): Readonly<{ pages: number; toCopy: number }> {
    try {
      const row = this.#look.get();
      const pages = Number(row?.['log']);
      return { pages, toCopy: pages - Number(row?.['checkpointed']) };
    } catch (error) {
      this.#options.onError(error);
      return { pages: 0, toCopy: 0 };
    }
  }

  #ask(request: CheckpointRequest): Promise<CheckpointAnswer | undefined> {
    const worker = (this.#worker ??= this.#startWorker());
    // A promise that the process waits for keeps it alive, so the thread must, too.
    worker.ref();
    const { promise, resolve } = Promise.withResolvers<CheckpointAnswer | undefined>();
    worker.once('message', resolve);
    const left = (): void => resolve(undefined);
    worker.once('exit', left);
    this.#answered = promise.then((answer) => {
      worker.off('exit', left);
      worker.unref();
      this.#answered = undefined;
      if (answer?.failure !== undefined) this.#options.onError(answer.failure);
      return answer;
    });
    worker.postMessage(request);
    return this.#answered;
  }

  #startWorker(): Worker {
    const { path, synchronous, onError } = this.#options;
    // The same file is .ts in the sources and .js in the build.
    const file = new URL(`./checkpoint-worker${extname(import.meta.url)}`, import.meta.url);
    const worker = new Worker(file, {
      workerData: { path, synchronous },
      // The options of this process (a script on its command line, a debugger) are not for it.
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    worker.on('error', onError);
    return worker;
  }
}
