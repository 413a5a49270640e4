import type { Instant, JsonValue, ListId, Recorded } from '#domain/kernel/index';
import type { ImportChangesUndone, RecipientEvent } from '#domain/recipient/index';

/**
 * What one event says about a recipient's lists. An event does not know what came before, and a projection
 * does not ask; so each is kept under its revision, and `standingOf` puts them together.
 */
type Turn = Readonly<{
  kind:
    | 'joined'
    | 'waiting'
    | 'confirmed'
    | 'left'
    | 'unsubscribed'
    | 'unsubscribed-all'
    | 'reactivated'
    | 'erased'
    | 'restored';
  since: Instant;
  listIds?: readonly ListId[];
  /** A confirmation by which the person is welcome again after leaving everything (C-27). */
  lifts?: true;
  restored?: Restored;
}>;

/** What an undo says; absent parts stay. */
type Restored = Readonly<{
  lists: readonly Readonly<{ listId: ListId; membership?: Membership }>[];
  unsubscribedAll?: number | null;
  pending?: readonly ListId[] | null;
}>;

/** By revision, `r12`. */
export type MembershipHistory = Readonly<{ turns?: Readonly<Record<string, Turn>> }>;

export type MembershipStatus = 'subscribed' | 'unconfirmed' | 'unsubscribed' | 'left';
export type StoredMembership = Readonly<{
  listId: ListId;
  status: MembershipStatus;
  since: Instant;
}>;

const turnOf = (event: RecipientEvent): Turn | undefined => {
  const { at: since } = event.data;
  switch (event.type) {
    case 'RecipientSubscribed':
    case 'ListsJoined': {
      const { optIn, listIds } = event.data;
      return { kind: optIn === 'single' ? 'joined' : 'waiting', since, listIds };
    }
    case 'SubscriptionConfirmed': {
      const { listIds, liftsSuppression } = event.data;
      return { kind: 'confirmed', since, listIds, ...(liftsSuppression && { lifts: true }) };
    }
    case 'ListsLeft':
      return { kind: 'left', since, listIds: event.data.listIds };
    case 'RecipientUnsubscribed': {
      const { scope } = event.data;
      return scope === 'all'
        ? { kind: 'unsubscribed-all', since }
        : { kind: 'unsubscribed', since, listIds: scope };
    }
    case 'ComplaintRecorded':
      return { kind: 'unsubscribed-all', since };
    case 'RecipientReactivated':
      return { kind: 'reactivated', since };
    case 'RecipientErased':
      return { kind: 'erased', since };
    case 'ImportChangesUndone':
      return { kind: 'restored', since, restored: restoredBy(event.data) };
    default:
      return undefined;
  }
};

const restoredBy = ({
  lists = [],
  unsubscribed,
  pending,
}: ImportChangesUndone['data']): Restored => ({
  lists,
  ...(unsubscribed !== undefined && { unsubscribedAll: unsubscribed?.revision ?? null }),
  ...(pending !== undefined && { pending: pending?.listIds ?? null }),
});

/** The fields to set for an event: none where it says nothing about lists. */
export const membershipTurn = ({
  event,
  revision,
}: Recorded<RecipientEvent>): Record<string, JsonValue> => {
  const turn = turnOf(event);
  // Assigned, as V8 takes far longer for a name that is made up in a literal.
  const fields: Record<string, JsonValue> = {};
  if (turn !== undefined) fields[`turns.r${revision}`] = turn;
  return fields;
};

type Membership = Readonly<{ status: MembershipStatus; since: Instant; revision: number }>;
type Standing = {
  lists: Map<ListId, Membership>;
  /** Lists of requests that nobody confirmed yet; undefined where there is no request. */
  pending: readonly ListId[] | undefined;
  /** Revision of the unsubscription from everything that holds. */
  unsubscribedAll: number | undefined;
};

const put = (
  standing: Standing,
  listIds: Iterable<ListId>,
  status: (before: MembershipStatus | undefined) => MembershipStatus | undefined,
  fact: Omit<Membership, 'status'>,
): void => {
  for (const listId of [...listIds]) {
    const next = status(standing.lists.get(listId)?.status);
    if (next !== undefined) standing.lists.set(listId, { ...fact, status: next });
  }
};

const withdrawRequest = (standing: Standing, listIds: readonly ListId[]): void => {
  const remaining = standing.pending?.filter((listId) => !listIds.includes(listId));
  const isOver = remaining?.length === 0 && standing.pending?.length !== 0;
  standing.pending = isOver ? undefined : remaining;
};

/** One step, as the recipient's own stream takes it: `undefined` leaves a membership as it was. */
const step = (standing: Standing, turn: Turn, revision: number): void => {
  const { listIds = [], since } = turn;
  const fact = { since, revision };
  switch (turn.kind) {
    case 'joined':
      put(standing, listIds, () => 'subscribed', fact);
      return;
    case 'waiting':
      put(standing, listIds, waiting, fact);
      standing.pending = [...new Set([...(standing.pending ?? []), ...listIds])];
      return;
    case 'confirmed':
      put(standing, listIds, () => 'subscribed', fact);
      standing.pending = undefined;
      if (turn.lifts === true) standing.unsubscribedAll = undefined;
      return;
    case 'left':
      put(standing, listIds, (before) => (before === 'unsubscribed' ? undefined : 'left'), fact);
      withdrawRequest(standing, listIds);
      return;
    case 'unsubscribed':
      put(standing, listIds, () => 'unsubscribed', fact);
      withdrawRequest(standing, listIds);
      return;
    case 'unsubscribed-all':
      put(standing, standing.lists.keys(), afterUnsubscribing, fact);
      standing.unsubscribedAll ??= revision;
      standing.pending = undefined;
      return;
    case 'reactivated':
      put(standing, listsLostBy(standing), () => 'subscribed', fact);
      standing.unsubscribedAll = undefined;
      return;
    case 'erased':
      standing.lists = new Map(
        [...standing.lists].filter(([, { status }]) => status === 'unsubscribed'),
      );
      standing.pending = undefined;
      return;
    case 'restored':
      restore(standing, turn.restored ?? { lists: [] });
  }
};

const restore = (standing: Standing, { lists, unsubscribedAll, pending }: Restored): void => {
  for (const { listId, membership } of lists) {
    if (membership === undefined) standing.lists.delete(listId);
    else standing.lists.set(listId, membership);
  }
  if (unsubscribedAll !== undefined) standing.unsubscribedAll = unsubscribedAll ?? undefined;
  if (pending !== undefined) standing.pending = pending ?? undefined;
};

const waiting = (before: MembershipStatus | undefined): MembershipStatus | undefined =>
  before === 'subscribed' || before === 'unsubscribed' ? undefined : 'unconfirmed';

const afterUnsubscribing = (before: MembershipStatus | undefined): MembershipStatus | undefined => {
  if (before === 'unsubscribed') return undefined;
  return before === 'subscribed' ? 'unsubscribed' : 'left';
};

const listsLostBy = ({ lists, unsubscribedAll }: Standing): readonly ListId[] =>
  [...lists]
    .filter(([, { status, revision }]) => status === 'unsubscribed' && revision === unsubscribedAll)
    .map(([listId]) => listId);

export type ListStanding = Readonly<{
  /** Where the recipient stands on each list, in order of the lists' ids. */
  memberships: readonly StoredMembership[];
  /** A request waits for the person's confirmation. */
  isAwaited: boolean;
}>;

const revisionOf = (name: string): number => Number(name.slice(1));

export const standingOf = ({ turns = {} }: MembershipHistory): ListStanding => {
  const standing: Standing = { lists: new Map(), pending: undefined, unsubscribedAll: undefined };
  const inOrder = Object.entries(turns).sort(([a], [b]) => revisionOf(a) - revisionOf(b));
  for (const [name, turn] of inOrder) step(standing, turn, revisionOf(name));
  const memberships = [...standing.lists]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([listId, { status, since }]) => ({ listId, status, since }));
  return { memberships, isAwaited: standing.pending !== undefined };
};

export const listsWith = (
  memberships: readonly StoredMembership[],
  status: MembershipStatus,
): readonly ListId[] =>
  memberships.filter((each) => each.status === status).map(({ listId }) => listId);
