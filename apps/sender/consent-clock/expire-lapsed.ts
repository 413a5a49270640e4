import { civilDateIn, instantOf } from '#domain/kernel/index';
import { recipientStream } from '#domain/recipient/index';
import {
  deadlinesBefore,
  deadlinesOver,
  type Deadline,
} from '#projections/consent-deadlines/index';
import { handleMany } from '#libs/commands/index';
import { uuidV5 } from '#libs/ledger/index';
import { systemContext } from '../system-context.ts';
import { BATCH, pagesOf, type Turn } from './turn.ts';

/** Namespace of the ids of these commands: a lapse that two copies see is recorded once. */
const EXPIRING = '6b1e0d0a-7c55-5f39-8d0e-3a4d1f6b9c02';

/** Which consents end on the next last day: what the command is about. */
const endingOf = ({ nextDay, lastDays }: Deadline): string =>
  Object.keys(lastDays)
    .filter((name) => lastDays[name] === nextDay)
    .sort()
    .join(' ');

const expireCommand = ({ accountId, terms, now }: Turn, deadline: Deadline) => {
  const { timeZone } = terms;
  const today = civilDateIn(timeZone, now);
  return {
    definition: recipientStream,
    key: deadline.id,
    command: { type: 'ExpireConsents', now, today, timeZone } as const,
    context: systemContext({
      accountId,
      correlationId: accountId,
      commandId: uuidV5(EXPIRING, `${deadline.id} ${endingOf(deadline)}`),
      now,
    }),
  };
};

/**
 * Records what has lapsed in an account, by its own zone and by those of its recipients (C-13). What else
 * lapsed of the same recipients is recorded with it. Undefined when it had to stop before the end; else how many consents there were.
 */
export const expireLapsed = async (turn: Turn): Promise<number | undefined> => {
  const { model, accountId, terms, now, ledger, mayGoOn } = turn;
  const today = civilDateIn(terms.timeZone, now);
  const sources = [
    pagesOf<Deadline>((after) =>
      deadlinesBefore(model, accountId, today, { limit: BATCH, ...after }),
    ),
    pagesOf<Deadline>((after) => deadlinesOver(model, accountId, now, { limit: BATCH, ...after })),
  ];
  let count = 0;
  for (const pages of sources) {
    for await (const page of pages) {
      if (!(await mayGoOn())) return undefined;
      const at = { ...turn, now: instantOf(turn.clock()) };
      const outcomes = await handleMany(
        ledger,
        page.map((deadline) => expireCommand(at, deadline)),
      );
      count += outcomes.reduce((sum, each) => sum + (each.ok ? each.value.events.length : 0), 0);
    }
  }
  return count;
};
