import { startImporter } from '#apps/importer/index';
import type { Engines } from '#apps/composition/index';
import type { Import } from '#domain/import/index';
import type { ImportId } from '#domain/kernel/index';
import { accountNamed } from '../accounts.ts';
import type { Invocation } from '../command-line.ts';
import { onDataDirectory } from '../data-directory.ts';
import { CommandRefused } from '../refusal.ts';
import { ProgressBar } from '../terminal/progress-bar.ts';
import { followImport, isOver } from './follow-import.ts';
import { checkedMapping, mappingGiven } from './import-mapping.ts';
import { importDocument, importLines } from './import-result.ts';
import { inspectFile, queueFile } from './queue-file.ts';

export type ImportOptions = Readonly<{ account: string; mapping: string; dryRun?: boolean }>;

const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * Imports a file of recipients through the real importer, beside a process that serves or without one: the
 * leases decide who does it. What was begun goes on by itself the next time the product runs.
 */
export const importFile = async (
  path: string,
  options: ImportOptions,
  invocation: Invocation,
): Promise<void> => {
  const { config, output, signal } = invocation;
  const mapping = await mappingGiven(options.mapping);
  await onDataDirectory(config, async (engines) => {
    const account = await accountNamed(engines.ledger, options.account);
    await checkedMapping(engines.ledger, account, mapping);
    const table = await inspectFile(path);
    const file = { path, table, accountId: account.id, mapping, dryRun: options.dryRun === true };
    const importId = await queueFile(engines, file);
    output.say({
      fr: `Importation ${importId} : ${table.rows} lignes.`,
      en: `Import ${importId}: ${table.rows} rows.`,
    });
    const bar = new ProgressBar(output, output.words({ fr: 'Importation', en: 'Importing' }));
    const onProgress = (state: Import): void => bar.show(state.processed, table.rows);
    const done = await carryOut(engines, { importId, signal, onProgress, isEnd: isOver });
    bar.end();
    if (!isOver(done)) throw interrupted(importId);
    output.result(importDocument(importId, done), importLines(done, output));
    if (done.status === 'failed') process.exitCode = 1;
  });
};

type Running = Readonly<{
  importId: ImportId;
  signal: AbortSignal;
  onProgress: (state: Import) => void;
  isEnd: (state: Import) => boolean;
}>;

/** Runs the real importer until the import is where it should be, or the signal aborts. */
export const carryOut = async (
  { ledger, keyring, leases, uploads, startWriter }: Engines,
  { importId, signal, onProgress, isEnd }: Running,
): Promise<Import> => {
  const over = new AbortController();
  const stop = AbortSignal.any([signal, over.signal]);
  const clock = Date.now;
  const parts = { ledger, keyring, leases, startWriter, uploads, clock, log: QUIET, signal: stop };
  // An importer that fails must also end the wait for what it will not do any more.
  const importing = startImporter(parts).finally(() => over.abort());
  let last: Import | undefined;
  try {
    for await (const state of followImport(ledger, importId, stop, isEnd)) {
      last = state;
      onProgress(state);
    }
  } finally {
    over.abort();
    await importing;
  }
  if (last === undefined) throw interrupted(importId);
  return last;
};

const interrupted = (importId: ImportId): CommandRefused =>
  new CommandRefused('interrupted', {
    fr: `L’importation ${importId} est interrompue. Elle reprend d’elle-même là où elle en est dès qu’Attesta fonctionne.`,
    en: `Import ${importId} was interrupted. It goes on by itself where it stands as soon as Attesta runs.`,
  });
