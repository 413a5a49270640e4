import type { Command } from 'commander';
import {
  invocation,
  withSharedOptions,
  type SharedOptions,
  type Surroundings,
} from './command-line.ts';
import { PROGRAM_WORDS } from './program-words.ts';

type Options<T> = SharedOptions & T;

/** Each command's code is loaded when it is called: the help is there at once. */
export type Parts = Readonly<{ program: Command; surroundings: Surroundings }>;

/** A command that looks and speaks like its parent. */
export const added = (
  parent: Command,
  name: string,
  description: string,
  parts: Parts,
): Command => {
  const { language } = parts.surroundings;
  const command = parent.command(name).description(description);
  command.helpOption('-h, --help', PROGRAM_WORDS[language].help).helpCommand(false);
  return withSharedOptions(command, language);
};

/** Options count wherever they stand, before or after the name of the command. */
export const given = <T>(command: Command, { surroundings }: Parts) => ({
  options: command.optsWithGlobals<Options<T>>(),
  called: invocation(surroundings, command.optsWithGlobals<SharedOptions>()),
});
