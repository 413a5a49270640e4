import { isMainThread } from 'node:worker_threads';
import type { Logger } from 'pino';
import { readConfig, type Config } from './config.ts';
import { openEngines, type Engines } from './engines.ts';
import { openLogger } from './logger.ts';
import { untilStopped } from './until-stopped.ts';

/** What a part of the product works with, in a process of its own or as a thread of the default start. */
export type PartSurroundings = Readonly<{
  config: Config;
  engines: Engines;
  log: Logger;
  /** Aborts when somebody asks it to stop. */
  signal: AbortSignal;
  /** Says on standard output that it does its work now. A thread says nothing: its program does. */
  ready: (sentence: string) => void;
  /** Ends the process at once: the ledger may no longer say what was acknowledged. */
  onLedgerLost: () => void;
}>;

/** Everything must have ended ten seconds after SIGTERM. */
const LONGEST_STOP_MILLISECONDS = 9_000;

/**
 * Runs one part until `work` ends, which it does soon after the signal. Ends the process, or the thread: with
 * status 0 after a stop, with 1 and a sentence on standard error when it cannot start or go on.
 */
export const runPart = async (
  name: string,
  work: (surroundings: PartSurroundings) => Promise<void>,
): Promise<void> => {
  try {
    await workOn(name, work);
  } catch (error) {
    // What stops a start has a sentence for the operator; its message names files and variables only.
    const sentence = error instanceof Error ? error.message : `The ${name} could not start.`;
    // Not before it is said: a thread would lose its last words. But then, whatever is still open.
    process.stderr.write(`${sentence}\n`, () => process.exit(1));
    return;
  }
  process.exitCode = 0;
  if (isMainThread) process.exit();
};

const workOn = async (
  name: string,
  work: (surroundings: PartSurroundings) => Promise<void>,
): Promise<void> => {
  const config = readConfig(process.env);
  const log = openLogger(config.logLevel, name);
  if (isMainThread) dieOfBugs(log);
  const onLedgerLost = (): void => {
    log.fatal({ event: 'ledger-lost' }, 'The ledger cannot be trusted any more: stopping.');
    process.exit(1);
  };
  const engines = await openEngines(config, onLedgerLost);
  // Only now: before, nothing is under way, and a signal may end the process as it stands.
  const signal = untilStopped();
  if (isMainThread) boundStop(signal, log);
  const ready = (sentence: string): void => {
    if (isMainThread) process.stdout.write(`${sentence}\n`);
  };
  await work({ config, engines, log, signal, ready, onLedgerLost });
  await engines.close();
};

/** Whatever hangs, an operator who stops the process does not wait for ever. */
const boundStop = (signal: AbortSignal, log: Logger): void => {
  const late = (): void => {
    log.error({ event: 'stopped-late' }, 'Something did not end in time: stopping without it.');
    process.exit(1);
  };
  signal.addEventListener('abort', () => setTimeout(late, LONGEST_STOP_MILLISECONDS).unref());
};

/** An error that nobody catches is logged as all others are: its message could quote what somebody sent. */
const dieOfBugs = (log: Logger): void => {
  process.once('uncaughtException', (error: unknown) => {
    log.fatal({ event: 'bug', error }, 'An error that nobody expected: stopping.');
    process.exit(1);
  });
};
