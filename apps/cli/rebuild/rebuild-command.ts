import { rebuildModel } from '#apps/projector/index';
import type { RebuildReport } from '#libs/projecting/index';
import type { Invocation } from '../command-line.ts';
import { onDataDirectory } from '../data-directory.ts';
import { ProgressBar } from '../terminal/progress-bar.ts';
import type { Output } from '../terminal/output.ts';

const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * Makes a read model again from the ledger while everything else goes on, and says whether it equals what
 * served before. A difference is a failure to look into, although the rebuilt model serves.
 */
export const rebuildReadModel = async (
  name: string,
  { config, output, signal }: Invocation,
): Promise<void> => {
  await onDataDirectory(config, async (engines) => {
    const bar = new ProgressBar(output, output.words({ fr: 'Reconstruction', en: 'Rebuilding' }));
    const unit = output.words({ fr: 'événements', en: 'events' });
    const onEvents = (events: number): void => bar.count(events, unit);
    const report = await rebuildModel(name, engines, { log: QUIET, signal, onEvents });
    bar.end();
    output.result({ ...report, equal: report.differing === 0 }, linesOf(report, output));
    if (report.differing > 0) process.exitCode = 1;
  });
};

const linesOf = (report: RebuildReport, output: Output): readonly string[] => {
  const { name, differing, differences } = report;
  const events = output.number(report.events);
  const documents = output.number(report.documents);
  const seconds = (report.milliseconds / 1_000).toFixed(1);
  const done = output.words({
    fr: `${name} : reconstruit de ${events} événements en ${seconds} s, ${documents} documents ; il sert maintenant.`,
    en: `${name}: rebuilt from ${events} events in ${seconds} s, ${documents} documents; it serves now.`,
  });
  if (differing === 0) {
    const equal = output.words({
      fr: 'Document pour document, il est égal à ce qui servait.',
      en: 'Document for document it equals what served before.',
    });
    return [done, equal];
  }
  const differ = output.words({
    fr: `${output.number(differing)} documents différaient de ce qui servait :`,
    en: `${output.number(differing)} documents differed from what served before:`,
  });
  return [done, differ, ...differences.map(({ id, paths }) => `  ${id}: ${paths.join(', ')}`)];
};
