import { randomUUID } from 'node:crypto';
import type { AccountId, Evidence, Instant, WordingShown } from '#domain/kernel/index';
import type { CommandContext } from '#libs/ledger/port';

type About = Readonly<{
  accountId: AccountId;
  /** What the command belongs to: a campaign or a form. */
  correlationId: string;
  now: Instant;
  /** Given where a repeated command must be recognised. */
  commandId?: string;
  evidence?: Evidence;
  /** What the person is asked by. */
  wording?: WordingShown;
}>;

/** Says of a command that the sender gave it by itself. */
export const systemContext = ({
  commandId,
  evidence,
  wording,
  ...about
}: About): CommandContext => ({
  ...about,
  actor: { kind: 'system', id: 'sender' },
  channel: 'rule',
  commandId: commandId ?? randomUUID(),
  ...(evidence === undefined ? {} : { evidence }),
  ...(wording === undefined ? {} : { wording }),
});
