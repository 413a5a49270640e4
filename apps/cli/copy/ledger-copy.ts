import { ledgerPlace, type LedgerPlace } from '#apps/composition/index';
import { copyLog, type CopyResult } from '#libs/event-log/copying/index';
import type { EventLog, EventLogUnavailable } from '#libs/event-log/port';
import type { Invocation } from '../command-line.ts';
import { CommandRefused } from '../refusal.ts';
import { copyProgress } from './copy-progress.ts';

export type CopyOptions = Readonly<{ from: string; to: string }>;

type Told = Pick<Invocation, 'output' | 'signal'>;

/**
 * Copies a ledger to another engine, or goes on with a copy that was interrupted, and compares both in the end.
 * The copy is the same ledger in another log. Nobody may write to either meanwhile.
 */
export const copyLedger = async ({ from, to }: CopyOptions, told: Told): Promise<void> => {
  const [source, target] = [ledgerPlace(from, onFatal), ledgerPlace(to, onFatal)];
  const original = await source.open();
  try {
    const { ledgerId } = await original.identity();
    const result = await copyInto(original, target, told);
    await target.completeCopy(ledgerId);
    tell({ from: source.name, to: target.name, ledgerId, ...result }, told);
  } finally {
    await original.close();
  }
};

const onFatal = (failure: EventLogUnavailable): void => {
  process.stderr.write(`${failure.message}\n`);
  process.exit(1);
};

const copyInto = async (
  original: EventLog,
  target: LedgerPlace,
  { output, signal }: Told,
): Promise<CopyResult> => {
  const { ledgerId, logId } = await original.identity();
  const copy = await target.openCopy(ledgerId);
  const progress = copyProgress(output, { fr: 'événements', en: 'events' });
  try {
    const identity = await copy.identity();
    if (identity.logId === logId) throw sameLedger();
    if (identity.ledgerId !== ledgerId) throw otherLedger(target.name);
    return await copyLog({ source: original, target: copy, onProgress: progress.show, signal });
  } finally {
    progress.end();
    await copy.close();
  }
};

const sameLedger = (): CommandRefused =>
  new CommandRefused('same-ledger', {
    fr: '--from et --to désignent le même registre. Donnez un autre endroit à --to.',
    en: '--from and --to are the same ledger. Give --to another place.',
  });

const otherLedger = (name: string): CommandRefused =>
  new CommandRefused('foreign-ledger', {
    fr: `Il y a déjà un autre registre dans ${name}. Donnez à --to un endroit vide ; rien n’a été changé.`,
    en: `There is another ledger in ${name} already. Give --to an empty place; nothing was changed.`,
  });

const tell = (
  result: CopyResult & Readonly<{ from: string; to: string; ledgerId: string }>,
  { output }: Told,
): void => {
  const [events, streams, copied] = [result.events, result.streams, result.copied].map((each) =>
    output.number(each),
  );
  output.result(result, [
    output.words({
      fr: `Le registre est copié dans ${result.to} : ${events} événements de ${streams} flux, dont ${copied} à cette exécution.`,
      en: `The ledger is copied to ${result.to}: ${events} events of ${streams} streams, ${copied} of them in this run.`,
    }),
    output.words({
      fr: `Chaque événement de chaque flux a été relu des deux côtés et trouvé égal. Empreinte : ${result.digest}`,
      en: `Every event of every stream was read again on both sides and found equal. Digest: ${result.digest}`,
    }),
  ]);
};
