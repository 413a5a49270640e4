import { clear } from '#domain/kernel/index';
import type { Invocation } from '../command-line.ts';
import { onDataDirectory } from '../data-directory.ts';
import { recipientNamed } from './find-recipient.ts';
import { byStaff, clockOf } from './staff-command.ts';

/**
 * The operator clears a wrong "invalid" of one address, with the evidence for it (P-07). What allowed writing
 * has to be given anew; clients have no such command.
 */
export const correctRecipient = async (
  who: string,
  options: Readonly<{ account: string; reason: string }>,
  { config, output }: Invocation,
): Promise<void> => {
  await onDataDirectory(config, async (engines) => {
    const { account, id } = await recipientNamed(engines, who, options.account);
    const reason = clear(options.reason);
    const command = { type: 'ClearInvalidity', ...clockOf(account), reason } as const;
    await byStaff(engines, account, { id, command }, output);
  });
};
