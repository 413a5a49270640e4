import 'reflect-metadata';
import { setTimeout as wait } from 'node:timers/promises';
import { greeting, startApi } from '#apps/api/index';
import {
  openEngines,
  openLogger,
  openMailer,
  readConfig,
  seldomCollected,
  untilStopped,
} from '#apps/composition/index';
import { programOf, startWorker, type RunningWorker } from './worker.ts';

const PARTS = ['projector', 'sender', 'importer'];
/** Everything must have ended ten seconds after SIGTERM. */
const LONGEST_STOP = 9_000;

const run = async (): Promise<number> => {
  seldomCollected();
  const config = readConfig(process.env);
  const logger = openLogger(config.logLevel, 'all-in-one');
  const fail = new AbortController();
  const engines = await openEngines(config, () => fail.abort('ledger'));
  const { mailer, mailbox } = openMailer(config, engines.keyring, logger);
  const onLedgerLost = (): void => fail.abort('ledger');
  // The API first: a second instance must not begin to work on the data before it finds the port taken.
  const api = await startApi({ config, engines, mailer, mailbox, logger, onLedgerLost });
  const workers = await Promise.all(PARTS.map((name) => startWorker(name, programOf(name))));
  // Before it says that it listens: whoever reads that may stop it at once.
  const asked = untilStopped();
  console.log(greeting(api));

  const dead = await untilStopOrDeath(asked, workers, fail.signal);
  if (dead !== undefined)
    logger.error({ event: 'part-ended', part: dead }, 'A part ended: stopping.');
  await stopped([
    ...workers.map(async (worker) => {
      worker.stop();
      await worker.ended;
    }),
    api.close(),
  ]);
  await stopped([mailer.close()]);
  await stopped([engines.close()]);
  return dead === undefined ? 0 : 1;
};

/** Undefined when somebody asked for the stop; else the part that ended by itself. */
const untilStopOrDeath = (
  asked: AbortSignal,
  workers: readonly RunningWorker[],
  failed: AbortSignal,
): Promise<string | undefined> =>
  new Promise((resolve) => {
    if (failed.aborted) resolve('ledger');
    asked.addEventListener('abort', () => resolve(undefined));
    failed.addEventListener('abort', () => resolve('ledger'));
    for (const { name, ended } of workers) void ended.then(() => resolve(name));
  });

const stopped = async (work: readonly Promise<unknown>[]): Promise<void> => {
  const late = Symbol('late');
  const outcome = await Promise.race([
    Promise.allSettled(work),
    wait(LONGEST_STOP, late, { ref: false }),
  ]);
  if (outcome === late) process.exit(1);
};

try {
  process.exit(await run());
} catch (error) {
  // What stops a start has a sentence for the operator; its message names files and variables only.
  console.error(error instanceof Error ? error.message : 'The program could not start.');
  process.exit(1);
}
