import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { openEngines, readConfig, type Config, type Engines } from '#apps/composition/index';
import { CommandRefused } from './refusal.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The configuration, with `--data-dir` before ATTESTA_DATA_DIR. */
export const configured = (environment: Environment, dataDir: string | undefined): Config =>
  readConfig(dataDir === undefined ? environment : { ...environment, ATTESTA_DATA_DIR: dataDir });

/**
 * Works on the data that the configuration names, beside whatever process serves them. Throws `CommandRefused`
 * where there are none: a command that makes some by a typing error would answer from an empty ledger.
 */
export const onDataDirectory = async <T>(
  config: Config,
  work: (engines: Engines) => Promise<T>,
): Promise<T> => {
  if (config.servers === undefined) await mustHoldLedger(config.dataDirectory);
  const engines = await openEngines(config, (failure) => {
    process.stderr.write(`${failure.message}\n`);
    process.exit(1);
  });
  try {
    if (config.servers !== undefined && (await engines.ledger.head()) === undefined) {
      throw emptyServers();
    }
    return await work(engines);
  } finally {
    await engines.close();
  }
};

const mustHoldLedger = async (dataDirectory: string): Promise<void> => {
  await access(join(dataDirectory, 'ledger.sqlite')).catch(() => {
    throw new CommandRefused('no-data', {
      fr: `Il n’y a pas de données dans ${dataDirectory}. Donnez le bon dossier avec --data-dir ou ATTESTA_DATA_DIR.`,
      en: `There are no data in ${dataDirectory}. Name the right folder with --data-dir or ATTESTA_DATA_DIR.`,
    });
  });
};

const emptyServers = (): CommandRefused =>
  new CommandRefused('no-data', {
    fr: 'Le registre sur les serveurs est vide. Vérifiez ATTESTA_EVENTSTORE_URL et ATTESTA_MONGODB_URL.',
    en: 'The ledger on the servers is empty. Check ATTESTA_EVENTSTORE_URL and ATTESTA_MONGODB_URL.',
  });
