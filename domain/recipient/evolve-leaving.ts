import type { Fact, Membership } from '#domain/consent/index';
import { SHREDDED, type CivilDate, type ImportId, type ListId } from '#domain/kernel/index';
import { withLists } from './evolve-joining.ts';
import type {
  AddressInvalidated,
  ComplaintRecorded,
  ListsLeft,
  RecipientReactivated,
  RecipientUnsubscribed,
  StatedFact,
} from './events.ts';
import type { Recipient } from './state.ts';

/** Left by the client: may be joined again by them. What the person left stays theirs to join. */
export const listsLeft = (state: Recipient, { data }: ListsLeft, fact: Fact): Recipient =>
  withoutPending(
    {
      ...state,
      lists: withLists(state.lists, data.listIds, (before) =>
        before?.status === 'unsubscribed' ? before : { ...fact, status: 'left' },
      ),
    },
    data.listIds,
  );

export const unsubscribed = (
  state: Recipient,
  { data }: RecipientUnsubscribed,
  fact: Fact,
): Recipient =>
  data.scope === 'all'
    ? unsubscribedFromAll(state, dayOf(data), fact, data.statedBy)
    : withoutPending(
        {
          ...state,
          lists: withLists(state.lists, data.scope, () => ({ ...fact, status: 'unsubscribed' })),
        },
        data.scope,
      );

const dayOf = ({ date, at }: RecipientUnsubscribed['data']): CivilDate =>
  date ?? (at.slice(0, 10) as CivilDate);

/** Everything that allowed writing ends: consents, lists, and what waited for confirmation (C-19, C-28). */
const unsubscribedFromAll = (
  state: Recipient,
  date: CivilDate,
  fact: Fact,
  statedBy?: ImportId,
): Recipient => {
  const { pending: _pending, returning: _returning, confirmedRequest: _confirmed, ...rest } = state;
  return {
    ...rest,
    unsubscribed: stated(state.unsubscribed, fact, statedBy),
    consents: [],
    ended: new Map(),
    withdrawnOn:
      state.withdrawnOn !== undefined && state.withdrawnOn > date ? state.withdrawnOn : date,
    lists: withLists(state.lists, state.lists.keys(), (before) => left(before, fact)),
  };
};

/** Whoever complains leaves everything, and is marked for it (M-27). */
export const complained = (
  state: Recipient,
  { data }: ComplaintRecorded,
  fact: Fact,
): Recipient => ({
  ...unsubscribedFromAll(state, data.date, fact),
  complained: state.complained ?? fact,
});

/** The address counts again; what allowed writing has to be given anew (P-07). */
export const validAgain = ({ invalid: _invalid, ...state }: Recipient): Recipient => ({
  ...state,
  consents: [],
  ended: new Map(),
});

export const restrictionLifted = ({ restricted: _restricted, ...state }: Recipient): Recipient =>
  state;

export const invalidated = (
  state: Recipient,
  { data }: AddressInvalidated,
  fact: Fact,
): Recipient => ({ ...state, invalid: stated(state.invalid, fact, data.statedBy) });

/** The first to say so dates a suppression; it rests on an import only while nobody else says so. */
const stated = (
  before: StatedFact | undefined,
  fact: Fact,
  statedBy: ImportId | undefined,
): StatedFact => {
  const restsOnImport = before === undefined || before.statedBy !== undefined;
  return restsOnImport && statedBy !== undefined
    ? { ...(before ?? fact), statedBy }
    : ownAct(before ?? fact);
};

/** The same suppression, for somebody's act of their own. */
export const ownAct = ({ since, revision }: StatedFact): StatedFact => ({ since, revision });

const left = (before: Membership | undefined, fact: Fact): Membership =>
  before?.status === 'unsubscribed'
    ? before
    : { ...fact, status: before?.status === 'subscribed' ? 'unsubscribed' : 'left' };

/** Reactivation brings back the lists that ended with the unsubscription, not those left before it. */
export const reactivated = (
  state: Recipient,
  { data }: RecipientReactivated,
  fact: Fact,
): Recipient => {
  const { unsubscribed: before, complained: _complained, ...rest } = state;
  const lost = [...state.lists].filter(
    ([, { status, revision }]) => status === 'unsubscribed' && revision === before?.revision,
  );
  return {
    ...rest,
    reactivatedAfter: data.warningId,
    lists: withLists(
      state.lists,
      lost.map(([listId]) => listId),
      () => ({ ...fact, status: 'subscribed' }),
    ),
  };
};

/** Nothing of the person is left but that they must not be written to, and the lists they refused. */
export const erased = (state: Recipient, fact: Fact): Recipient => {
  const {
    pending: _pending,
    returning: _returning,
    confirmedRequest: _confirmedRequest,
    privacyBasis: _privacyBasis,
    jurisdiction: _jurisdiction,
    subscribedAt: _subscribedAt,
    requested: _requested,
    asked: _asked,
    refused: _refused,
    rejectedClaims: _rejectedClaims,
    trackingWithdrawn: _trackingWithdrawn,
    ...rest
  } = state;
  return {
    ...rest,
    erased: fact,
    requestedIn: new Map(),
    erasures: state.erasures + 1,
    address: SHREDDED,
    fields: SHREDDED,
    consents: [],
    ended: new Map(),
    tracking: 'aggregate',
    lists: new Map([...state.lists].filter(([, { status }]) => status === 'unsubscribed')),
  };
};

const withoutPending = (state: Recipient, listIds: readonly ListId[]): Recipient => {
  if (state.pending === undefined) return state;
  const gone = new Set(listIds);
  const remaining = state.pending.listIds.filter((listId) => !gone.has(listId));
  if (remaining.length === state.pending.listIds.length) return state;
  if (remaining.length > 0) return { ...state, pending: { ...state.pending, listIds: remaining } };
  const { pending: _pending, ...rest } = state;
  return rest;
};
