import type { Command } from 'commander';
import { added, given, type Parts } from '../command-tree.ts';
import { PROGRAM_WORDS } from '../program-words.ts';
import type { CopyOptions } from './ledger-copy.ts';

/** Moving from one kind of engine to another. */
export const addCopies = (parts: Parts): void => {
  const words = PROGRAM_WORDS[parts.surroundings.language];
  const ledger = added(parts.program, 'ledger', words.ledger, parts);
  added(ledger, 'copy', words.copyLedger, parts)
    .requiredOption('--from <folder|url>', words.ledgerFrom)
    .requiredOption('--to <folder|url>', words.ledgerTo)
    .action(async (_: unknown, command: Command) => {
      const { copyLedger } = await import('./ledger-copy.ts');
      const { options, called } = given<CopyOptions>(command, parts);
      await copyLedger(options, called);
    });
  const keyring = added(parts.program, 'keyring', words.keyring, parts);
  added(keyring, 'copy', words.copyKeyring, parts)
    .requiredOption('--from <folder|url>', words.keyringFrom)
    .requiredOption('--to <folder|url>', words.keyringTo)
    .action(async (_: unknown, command: Command) => {
      const { copyKeys } = await import('./keyring-copy.ts');
      const { options, called } = given<CopyOptions>(command, parts);
      await copyKeys(options, called);
    });
};
