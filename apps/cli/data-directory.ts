import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { openEngines, readConfig, type Config, type Engines } from '#apps/composition/index';
import { CommandRefused } from './refusal.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The configuration, with `--data-dir` before ATTESTA_DATA_DIR. */
export const configured = (environment: Environment, dataDir: string | undefined): Config =>
  readConfig(dataDir === undefined ? environment : { ...environment, ATTESTA_DATA_DIR: dataDir });

/**
 * Works on a data directory that exists, beside whatever process serves it. Throws `CommandRefused` where
 * there is none: a command that makes one by a typing error would answer from an empty ledger.
 */
export const onDataDirectory = async <T>(
  config: Config,
  work: (engines: Engines) => Promise<T>,
): Promise<T> => {
  await access(join(config.dataDirectory, 'ledger.sqlite')).catch(() => {
    throw new CommandRefused('no-data', {
      fr: `Il n’y a pas de données dans ${config.dataDirectory}. Donnez le bon dossier avec --data-dir ou ATTESTA_DATA_DIR.`,
      en: `There are no data in ${config.dataDirectory}. Name the right folder with --data-dir or ATTESTA_DATA_DIR.`,
    });
  });
  const engines = await openEngines(config, (failure) => {
    process.stderr.write(`${failure.message}\n`);
    process.exit(1);
  });
  try {
    return await work(engines);
  } finally {
    await engines.close();
  }
};
