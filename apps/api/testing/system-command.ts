import { randomUUID } from 'node:crypto';
import { civilDateIn, instantOf, type AccountId } from '#domain/kernel/index';
import { recipientStream, type At, type RecipientCommand } from '#domain/recipient/index';
import { handle } from '#libs/commands/index';
import type { RunningApi } from './running-api.ts';

/** The clock of an account in Toronto. */
export const clockNow = (): At => {
  const now = instantOf(Date.now());
  const timeZone = 'America/Toronto';
  return { now, timeZone, today: civilDateIn(timeZone, now) };
};

/** What no route of the API does: a complaint, an address that fails, a restriction. */
export const systemCommand = async (
  { engines }: Pick<RunningApi, 'engines'>,
  accountId: AccountId,
  recipientId: string,
  command: RecipientCommand,
): Promise<void> => {
  const done = await handle(engines.ledger, {
    definition: recipientStream,
    key: recipientId,
    command,
    context: {
      accountId,
      actor: { kind: 'system', id: 'test' },
      channel: 'rule',
      commandId: randomUUID(),
      correlationId: randomUUID(),
      now: command.now,
    },
  });
  if (!done.ok) throw new Error(done.error.code);
};
