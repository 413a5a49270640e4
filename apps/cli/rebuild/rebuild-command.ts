import { rebuildModel, verifyModel } from '#apps/projector/index';
import { isEqual } from '#libs/projecting/index';
import type { Invocation } from '../command-line.ts';
import { onDataDirectory } from '../data-directory.ts';
import { EXIT } from '../failure.ts';
import { ProgressBar } from '../terminal/progress-bar.ts';
import { linesOf } from './report-lines.ts';

const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined };

export type RebuildCommandOptions = Readonly<{ verify?: boolean }>;

/**
 * Makes a read model again from the ledger while everything else goes on, and says whether it equals what
 * served before. A difference is something to look into, although the rebuilt model serves: the exit status
 * says so. With `verify` nothing is changed.
 */
export const rebuildReadModel = async (
  name: string,
  { verify = false }: RebuildCommandOptions,
  { config, output, signal }: Invocation,
): Promise<void> => {
  await onDataDirectory(config, async (engines) => {
    const title = verify
      ? { fr: 'Vérification', en: 'Verifying' }
      : { fr: 'Reconstruction', en: 'Rebuilding' };
    const bar = new ProgressBar(output, output.words(title));
    const unit = output.words({ fr: 'événements', en: 'events' });
    const onEvents = (events: number): void => bar.count(events, unit);
    const makeAgain = verify ? verifyModel : rebuildModel;
    const report = await makeAgain(name, engines, { log: QUIET, signal, onEvents });
    bar.end();
    const equal = isEqual(report);
    const lines = linesOf(report, { verify }, output);
    output.result({ ...report, equal, serves: verify ? 'unchanged' : 'rebuilt' }, lines);
    if (!equal) process.exitCode = EXIT.different;
  });
};
