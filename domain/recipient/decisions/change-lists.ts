import { clear, ok, refuse, type ListId } from '#domain/kernel/index';
import type { JoinLists, LeaveLists } from '../commands.ts';
import { REJECTIONS, type RecipientRejection } from '../rejections.ts';
import type { Recipient } from '../state.ts';
import type { Outcome } from './outcome.ts';
import {
  barrierForPerson,
  isLeftByImport,
  isLiftedByConfirming,
  leftByPerson,
  suppressionOf,
} from './suppression.ts';

/** On the preference page or by the client. Whoever had unsubscribed from everything confirms first. */
export const joinLists = (command: JoinLists, recipient: Recipient): Outcome => {
  const fault = joiningFault(command, recipient);
  if (fault !== undefined) return refuse(fault);
  const optIn = isLiftedByConfirming(recipient) ? 'double' : 'single';
  const asked = optIn === 'double' ? askedAlready(command, recipient) : [];
  const listIds = command.listIds.filter(
    (listId) => recipient.lists.get(listId)?.status !== 'subscribed' && !asked.includes(listId),
  );
  if (listIds.length === 0) return ok([]);
  return ok([
    { type: 'ListsJoined', data: { listIds, optIn, at: command.now }, personal: clear({}) },
  ]);
};

/** Lists of the same request, recognised by its instant. */
const askedAlready = ({ now }: JoinLists, { pending }: Recipient): readonly ListId[] =>
  pending?.requestedAt === now ? pending.listIds : [];

const joiningFault = (
  { via, listIds }: JoinLists,
  recipient: Recipient,
): RecipientRejection | undefined => {
  // Erased: only a form can bring the address that a confirmation mail needs.
  if (recipient.erased !== undefined) return REJECTIONS.erased;
  const fault = via === 'person' ? barrierForPerson(recipient) : suppressionOf(recipient);
  if (fault !== undefined) return fault;
  if (!recipient.known) return REJECTIONS.unknown;
  return via === 'client' && leftByPerson(recipient, listIds)
    ? REJECTIONS.listUnsubscribed
    : undefined;
};

/** What a person leaves, only they can join again; what a client takes them off, a client can put back. */
export const leaveLists = (command: LeaveLists, recipient: Recipient): Outcome => {
  if (recipient.revision < 0) return refuse(REJECTIONS.unknown);
  const { now, today } = command;
  const listIds = command.listIds.filter(
    (listId) =>
      isOnOrWaiting(listId, recipient) ||
      (command.via === 'person' && isLeftByImport(listId, recipient)),
  );
  if (listIds.length === 0) return ok([]);
  return ok([
    command.via === 'client'
      ? { type: 'ListsLeft', data: { listIds, at: now } }
      : {
          type: 'RecipientUnsubscribed',
          data: { scope: listIds, date: today, at: now },
          personal: clear({}),
        },
  ]);
};

const isOnOrWaiting = (listId: ListId, { lists, pending }: Recipient): boolean => {
  const status = lists.get(listId)?.status;
  return (
    status === 'subscribed' ||
    status === 'unconfirmed' ||
    (pending?.listIds.includes(listId) ?? false)
  );
};
