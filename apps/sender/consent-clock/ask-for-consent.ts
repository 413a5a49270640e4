import { consentRequestTerms } from '#domain/account/index';
import {
  civilDateIn,
  fold,
  instantOf,
  plusDays,
  type RecipientId,
  type WordingShown,
} from '#domain/kernel/index';
import { recipientStream } from '#domain/recipient/index';
import { deadlinesBetween, type Deadline } from '#projections/consent-deadlines/index';
import { handleMany } from '#libs/commands/index';
import { uuidV5 } from '#libs/ledger/index';
import { NOTHING_PERSONAL } from '#libs/ledger/port';
import { systemContext } from '../system-context.ts';
import { dueRequest, type DueRequest } from './due-request.ts';
import { requestWording } from './request-wording.ts';
import { BATCH, pagesOf, type Turn } from './turn.ts';

/** Namespace of the ids of these commands: a request that two copies see as due goes out once. */
const ASKING = '3c9a1f52-0d7b-5e14-a2f7-91b6c5d0e8f4';

/** How many days before a last day the first request of the account goes out; 0 when none does. */
export const firstRequestOf = ({ terms }: Pick<Turn, 'terms'>): number =>
  Math.max(0, ...consentRequestTerms(terms).daysBefore);

type Due = Readonly<{ recipientId: RecipientId; request: DueRequest }>;

const askCommand = ({ accountId, terms, now }: Turn, due: Due, wording: WordingShown) => {
  const { timeZone } = terms;
  const { recipientId, request } = due;
  const { daysBefore, revision } = request;
  const today = civilDateIn(timeZone, now);
  return {
    definition: recipientStream,
    key: recipientId,
    command: { type: 'RequestConsent', account: terms, daysBefore, now, today, timeZone } as const,
    context: systemContext({
      accountId,
      correlationId: wording.wordingId,
      commandId: uuidV5(ASKING, `${recipientId} ${String(revision)} ${String(daysBefore)}`),
      wording,
      now,
    }),
  };
};

/** Who of these is to be asked, by what the ledger says of them now. */
const dueAmong = async (turn: Turn, deadlines: readonly Deadline[]): Promise<readonly Due[]> => {
  const { ledger, terms, now } = turn;
  const ids = deadlines.map(({ id }) => id);
  const histories = await ledger.readMany(recipientStream, ids, NOTHING_PERSONAL);
  return ids.flatMap((recipientId, index) => {
    const events = (histories[index] ?? []).map(({ event }) => event);
    const request = dueRequest(fold(recipientStream, events), terms, now);
    return request === undefined ? [] : [{ recipientId, request }];
  });
};

/**
 * Puts on record the requests that are due among some recipients, and answers how many there were; the mails
 * follow from the record. What is refused then, such as a request within a week of another, waits for the next day.
 */
export const askAmong = async (turn: Turn, deadlines: readonly Deadline[]): Promise<number> => {
  const due = deadlines.length === 0 ? [] : await dueAmong(turn, deadlines);
  if (due.length === 0) return 0;
  const wording = await requestWording(turn);
  if (wording === undefined) {
    const { log, accountId } = turn;
    const details = { event: 'request-wording-missing', accountId, recipients: due.length };
    log.error(
      details,
      'Nobody can be asked for consent: the wording that the account names is not there.',
    );
    return 0;
  }
  const outcomes = await handleMany(
    turn.ledger,
    due.map((each) => askCommand(turn, each, wording.shown)),
  );
  return outcomes.reduce((sum, each) => sum + (each.ok ? each.value.events.length : 0), 0);
};

/** Everybody of the account whose last day is within reach of a request. Undefined when it had to stop. */
export const askEverybody = async (turn: Turn): Promise<number | undefined> => {
  const { model, accountId, terms, mayGoOn } = turn;
  const from = civilDateIn(terms.timeZone, turn.now);
  const to = plusDays(from, firstRequestOf(turn));
  let count = 0;
  for await (const page of pagesOf<Deadline>((after) =>
    deadlinesBetween(model, accountId, { from, to }, { limit: BATCH, ...after }),
  )) {
    if (!(await mayGoOn())) return undefined;
    count += await askAmong({ ...turn, now: instantOf(turn.clock()) }, page);
  }
  return count;
};
