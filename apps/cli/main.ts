#!/usr/bin/env node
import { CommanderError } from 'commander';
import { untilStopped } from '#apps/composition/index';
import { EXIT, failureOf, type Failure } from './failure.ts';
import { readerLanguage } from './language.ts';
import { attesta } from './program.ts';
import { usageFault } from './usage.ts';

const words = process.argv.slice(2);
const language = readerLanguage(words, process.env);

/** Commander throws this after it has shown the help, asked for or not. */
const HELP_SHOWN = 'commander.help';

const endedBy = (error: unknown): Failure => {
  if (!(error instanceof CommanderError)) return failureOf(error, language);
  return { code: 'bad-usage', detail: usageFault(error, language), exitStatus: EXIT.badUsage };
};

const tell = ({ code, detail }: Failure): void => {
  if (words.includes('--json')) console.log(JSON.stringify({ code, detail }, null, 2));
  else console.error(detail);
};

const program = attesta({
  environment: process.env,
  streams: { out: process.stdout, err: process.stderr },
  language,
  signal: untilStopped(),
});

try {
  await program.parseAsync(words, { from: 'user' });
} catch (error) {
  if (error instanceof CommanderError && error.exitCode === 0) process.exitCode = EXIT.done;
  else if (error instanceof CommanderError && error.code === HELP_SHOWN) {
    process.exitCode = EXIT.badUsage;
  } else {
    const failure = endedBy(error);
    tell(failure);
    process.exitCode = failure.exitStatus;
  }
}
