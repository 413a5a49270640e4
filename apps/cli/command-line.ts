import { Option, type Command } from 'commander';
import type { Config } from '#apps/composition/index';
import { configured } from './data-directory.ts';
import { READER_LANGUAGES, type ReaderLanguage } from './language.ts';
import { Output, type Streams } from './terminal/output.ts';

/** What every command is given beside its own arguments. */
export type Invocation = Readonly<{ config: Config; output: Output; signal: AbortSignal }>;

export type Surroundings = Readonly<{
  environment: Readonly<Record<string, string | undefined>>;
  streams: Streams;
  language: ReaderLanguage;
  /** Aborts when the person at the terminal stops the program. */
  signal: AbortSignal;
}>;

export type SharedOptions = { dataDir?: string; json?: boolean };

export const invocation = (
  { environment, streams, language, signal }: Surroundings,
  { dataDir, json = false }: SharedOptions,
): Invocation => ({
  config: configured(environment, dataDir),
  output: new Output(streams, { language, json }),
  signal,
});

const OPTIONS = {
  fr: {
    dataDir: 'le dossier de données (sinon ATTESTA_DATA_DIR, ou ./data)',
    json: 'répondre par un seul document JSON',
    lang: 'la langue des réponses (sinon selon LC_ALL ou LANG)',
  },
  en: {
    dataDir: 'the data directory (else ATTESTA_DATA_DIR, or ./data)',
    json: 'answer with one JSON document',
    lang: 'the language of the answers (else by LC_ALL or LANG)',
  },
};

/** The options that every command has. */
export const withSharedOptions = (command: Command, language: ReaderLanguage): Command => {
  const words = OPTIONS[language];
  return command
    .option('--data-dir <dir>', words.dataDir)
    .option('--json', words.json)
    .addOption(new Option('--lang <language>', words.lang).choices(READER_LANGUAGES));
};
