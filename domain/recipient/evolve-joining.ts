import type { Fact, Membership } from '#domain/consent/index';
import { clear, isShredded, SHREDDED, type ListId, type Personal } from '#domain/kernel/index';
import type {
  ConsentProof,
  FieldValues,
  ListsJoined,
  RecipientSubscribed,
  SubscriptionConfirmed,
} from './events.ts';
import type { PendingConfirmation, Recipient } from './state.ts';

export const subscribed = (
  state: Recipient,
  { data, personal }: RecipientSubscribed,
  fact: Fact,
): Recipient => {
  const isShreddedNow = isShredded(personal);
  const isNew = !state.known || state.erased !== undefined;
  const { isUnproven: wasUnproven, ...rest } = state;
  const base: Recipient = {
    ...rest,
    ...((isNew || wasUnproven === true) && { isUnproven: true }),
    known: true,
    address: isShreddedNow ? SHREDDED : clear(personal.reveal().address),
    fields: isShreddedNow
      ? SHREDDED
      : addedTo(state.known ? state.fields : SHREDDED, personal.reveal().fields),
    language: data.language,
    subscribedAt: state.subscribedAt ?? data.at,
    ...(data.jurisdiction === undefined ? {} : { jurisdiction: data.jurisdiction }),
    ...(state.erased === undefined ? {} : { returning: fact }),
  };
  return joining(base, data, proofOf(personal), fact);
};

export const listsJoined = (
  state: Recipient,
  { data, personal }: ListsJoined,
  fact: Fact,
): Recipient => joining(state, data, proofOf(personal), fact);

/** Confirming joins what waited; where the event says so, the person is welcome again (C-27). */
export const confirmed = (
  state: Recipient,
  { data }: SubscriptionConfirmed,
  fact: Fact,
): Recipient => {
  const { pending, ...rest } = proven(state);
  const confirmedState: Recipient = {
    ...rest,
    lists: withLists(state.lists, data.listIds, () => ({ ...fact, status: 'subscribed' })),
    ...(pending === undefined ? {} : { confirmedRequest: pending.requestedAt }),
  };
  return data.liftsSuppression ? lifted(confirmedState) : confirmedState;
};

/** Without what an unsubscription, a complaint or an erasure left behind. An invalid address stays so. */
export const lifted = (state: Recipient): Recipient => {
  const {
    unsubscribed: _unsubscribed,
    complained: _complained,
    erased: _erased,
    returning: _returning,
    ...rest
  } = state;
  return rest;
};

type Joining = ListsJoined['data'];

const joining = (
  state: Recipient,
  data: Joining,
  proof: Personal<ConsentProof>,
  fact: Fact,
): Recipient =>
  data.optIn === 'single'
    ? {
        ...proven(state),
        lists: withLists(state.lists, data.listIds, () => ({ ...fact, status: 'subscribed' })),
      }
    : {
        ...state,
        lists: withLists(state.lists, data.listIds, (before) => waiting(before, fact)),
        pending: pendingAfter(state.pending, data, proof, fact),
      };

const proven = ({ isUnproven: _isUnproven, ...state }: Recipient): Recipient => state;

/** A request that nobody has confirmed changes nothing about lists that the person is on, or left. */
const waiting = (before: Membership | undefined, fact: Fact): Membership =>
  before?.status === 'subscribed' || before?.status === 'unsubscribed'
    ? before
    : { ...fact, status: 'unconfirmed' };

/** A newer request takes over the lists of the older one, so that one link confirms them all. */
const pendingAfter = (
  before: PendingConfirmation | undefined,
  data: Joining,
  proof: Personal<ConsentProof>,
  fact: Fact,
): PendingConfirmation => {
  const givesConsent = data.consentOnConfirmation === true;
  if (before === undefined) {
    return {
      requestedAt: data.at,
      listIds: data.listIds,
      givesConsent,
      proof,
      revision: fact.revision,
    };
  }
  return {
    requestedAt: data.at,
    listIds: [...new Set([...before.listIds, ...data.listIds])],
    givesConsent: givesConsent || before.givesConsent,
    proof: givesConsent ? proof : before.proof,
    revision: fact.revision,
  };
};

/** A copy of the lists with some of them set anew; the same lists when there are none to set. */
export const withLists = (
  lists: Recipient['lists'],
  listIds: Iterable<ListId>,
  membership: (before: Membership | undefined) => Membership,
): Recipient['lists'] => {
  let copy: Map<ListId, Membership> | undefined;
  for (const listId of listIds) {
    copy ??= new Map(lists);
    copy.set(listId, membership(copy.get(listId)));
  }
  return copy ?? lists;
};

const addedTo = (before: Personal<FieldValues>, added: FieldValues): Personal<FieldValues> =>
  clear(isShredded(before) ? added : { ...before.reveal(), ...added });

const proofOf = (personal: Personal<{ proof?: ConsentProof }>): Personal<ConsentProof> =>
  isShredded(personal) ? SHREDDED : clear(personal.reveal().proof ?? {});
