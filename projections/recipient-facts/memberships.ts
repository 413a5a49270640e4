import type { Instant, JsonValue, ListId, Recorded } from '#domain/kernel/index';
import type { RecipientEvent } from '#domain/recipient/index';

/**
 * What was last said about a recipient, by kind, each with the revision that says so. Events say these one
 * by one without knowing what came before; `membershipsOf` puts them in order.
 */
export type StoredFact = Readonly<{ since: Instant; revision: number }>;

type ListFacts = Readonly<
  Partial<Record<'joined' | 'waiting' | 'left' | 'unsubscribed', StoredFact>>
>;
export type MembershipFacts = Readonly<{
  listFacts?: Readonly<Record<ListId, ListFacts>>;
  unsubscribedAll?: StoredFact;
  /** An unsubscription, complaint or erasure was lifted by the person's confirmation. */
  lifted?: StoredFact;
  reactivated?: StoredFact;
  erased?: StoredFact;
}>;

export type MembershipStatus = 'subscribed' | 'unconfirmed' | 'unsubscribed' | 'left';
export type StoredMembership = Readonly<{
  listId: ListId;
  status: MembershipStatus;
  since: Instant;
}>;

/** The part of a change that keeps the facts about lists. */
export type FactSet = Readonly<Record<string, JsonValue>>;

export const membershipFacts = ({ event, revision }: Recorded<RecipientEvent>): FactSet => {
  const fact = { since: event.data.at, revision };
  const forLists = (listIds: readonly ListId[], kind: keyof ListFacts): FactSet =>
    Object.fromEntries(listIds.map((listId) => [`listFacts.${listId}.${kind}`, fact]));
  switch (event.type) {
    case 'RecipientSubscribed':
    case 'ListsJoined':
      return forLists(event.data.listIds, event.data.optIn === 'single' ? 'joined' : 'waiting');
    case 'SubscriptionConfirmed':
      return {
        ...forLists(event.data.listIds, 'joined'),
        ...(event.data.liftsSuppression ? { lifted: fact } : {}),
      };
    case 'ListsLeft':
      return forLists(event.data.listIds, 'left');
    case 'RecipientUnsubscribed':
      return event.data.scope === 'all'
        ? { unsubscribedAll: fact }
        : forLists(event.data.scope, 'unsubscribed');
    case 'RecipientReactivated':
      return { reactivated: fact };
    case 'RecipientErased':
      return { erased: fact };
    default:
      return {};
  }
};

type Membership = Readonly<{ status: MembershipStatus; since: Instant; lostAt?: number }>;
type Step = Readonly<{
  fact: StoredFact;
  /** Of two facts of one event, the one with the smaller rank comes first. */
  rank: number;
  apply: (before: Membership | undefined) => Membership | undefined;
}>;

const step = (
  fact: StoredFact | undefined,
  rank: number,
  apply: (fact: StoredFact) => Step['apply'],
): readonly Step[] => (fact === undefined ? [] : [{ fact, rank, apply: apply(fact) }]);

/** How each kind of fact changes a membership; the rules are those of the recipient's own stream. */
const stepsOf = (facts: MembershipFacts, list: ListFacts): readonly Step[] =>
  [
    ...step(facts.unsubscribedAll, 0, ({ since, revision }) => (before) => {
      if (before === undefined || before.status === 'unsubscribed') return before;
      return before.status === 'subscribed'
        ? { status: 'unsubscribed', since, lostAt: revision }
        : { status: 'left', since };
    }),
    ...step(
      facts.erased,
      0,
      () => (before) => (before?.status === 'unsubscribed' ? before : undefined),
    ),
    // What was lifted had ended every subscription before; an older unsubscription is no longer stored.
    ...step(
      facts.lifted,
      0,
      () => (before) =>
        before?.status === 'subscribed' ? { ...before, status: 'unsubscribed' } : before,
    ),
    ...step(
      facts.reactivated,
      0,
      ({ since }) =>
        (before) =>
          before?.lostAt !== undefined && before.lostAt === facts.unsubscribedAll?.revision
            ? { status: 'subscribed', since }
            : before,
    ),
    ...step(list.joined, 1, ({ since }) => () => ({ status: 'subscribed', since })),
    ...step(
      list.waiting,
      1,
      ({ since }) =>
        (before) =>
          before?.status === 'subscribed' || before?.status === 'unsubscribed'
            ? before
            : { status: 'unconfirmed', since },
    ),
    ...step(
      list.left,
      1,
      ({ since }) =>
        (before) =>
          before?.status === 'unsubscribed' ? before : { status: 'left', since },
    ),
    ...step(list.unsubscribed, 1, ({ since }) => () => ({ status: 'unsubscribed', since })),
  ].sort((a, b) =>
    a.fact.revision === b.fact.revision ? a.rank - b.rank : a.fact.revision - b.fact.revision,
  );

/** Where the recipient stands on each list, in order of the lists' ids. */
export const membershipsOf = (facts: MembershipFacts): readonly StoredMembership[] =>
  Object.entries(facts.listFacts ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([listId, list]) => {
      const membership = stepsOf(facts, list).reduce<Membership | undefined>(
        (before, { apply }) => apply(before),
        undefined,
      );
      if (membership === undefined) return [];
      const { status, since } = membership;
      return [{ listId: listId as ListId, status, since }];
    });

export const listsWith = (
  memberships: readonly StoredMembership[],
  status: MembershipStatus,
): readonly ListId[] =>
  memberships.filter((each) => each.status === status).map(({ listId }) => listId);
