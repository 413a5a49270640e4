import { randomUUID } from 'node:crypto';
import type { Engines } from '#apps/composition/index';
import { streamDefinitions } from '#domain/streams';
import { runProjections, whenProcessed } from '#libs/projecting/index';
import type { Projection } from '#libs/read-store/projection';
import { CommandRefused } from './refusal.ts';

const LONGEST_WAIT_MILLISECONDS = 60_000;
const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * Waits until a read model has seen everything that is recorded by now. A process that serves does the work;
 * without one it is done here, which the leases decide.
 */
export const upToDate = async (
  projection: Projection,
  { ledger, readStore, leases }: Engines,
  signal: AbortSignal,
): Promise<void> => {
  const head = await ledger.head();
  await readStore.serving(projection);
  const model = readStore.model(projection);
  if (head === undefined || (await whenProcessed(model, head, { timeoutMilliseconds: 0 }))) return;
  const done = new AbortController();
  const running = runProjections({
    ledger,
    readStore,
    leases,
    formats: streamDefinitions,
    projections: [projection],
    holder: `cli ${process.pid} ${randomUUID()}`,
    clock: Date.now,
    log: QUIET,
    signal: AbortSignal.any([signal, done.signal]),
  });
  try {
    const timeoutMilliseconds = LONGEST_WAIT_MILLISECONDS;
    if (!(await whenProcessed(model, head, { timeoutMilliseconds, signal }))) throw behind();
  } finally {
    done.abort();
    await running;
  }
};

const behind = (): CommandRefused =>
  new CommandRefused('projection-behind', {
    fr: 'Le modèle de lecture est en retard sur le registre. Recommencez dans un moment, ou consultez les journaux du programme qui sert.',
    en: 'The read model is behind the ledger. Try again in a moment, or look at the logs of the program that serves.',
  });
