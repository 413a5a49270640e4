import type { Document } from '#libs/read-store/change';
import type { Derive } from '#libs/read-store/projection';
import type { JsonValue } from '#domain/kernel/index';
import type { RecipientStatus } from '#domain/recipient/index';
import { listsWith, standingOf, type ListStanding } from '#projections/recipient-facts/index';
import type { DirectoryEntry, DirectoryFacts } from './entry.ts';
import { searchTokens } from './search-tokens.ts';

/** The weightiest of what is known, as `statusOf` in the recipient's own stream. */
const statusOf = (
  facts: DirectoryFacts,
  { memberships, isAwaited }: ListStanding,
): RecipientStatus => {
  if (facts.erasedAt !== undefined) return 'erased';
  if (facts.invalidAt !== undefined) return 'invalid';
  if (facts.complainedAt !== undefined) return 'complained';
  if (facts.restrictedAt !== undefined) return 'restricted';
  if (facts.unsubscribedAt !== undefined) return 'unsubscribed';
  if (listsWith(memberships, 'subscribed').length > 0) return 'active';
  const waits = isAwaited || listsWith(memberships, 'unconfirmed').length > 0;
  return waits ? 'unconfirmed' : 'active';
};

const consentOf = ({ consents = {} }: DirectoryFacts): DirectoryEntry['consent'] => {
  const kinds = new Set(Object.values(consents).map(({ kind }) => kind));
  if (kinds.has('express')) return 'express';
  return kinds.has('implied') ? 'implied' : 'none';
};

const revisionOf = (name: string): number => Number(name.slice(1));

const firstSubscription = ({ subscriptions = {} }: DirectoryFacts): JsonValue | undefined =>
  Object.entries(subscriptions).sort(([a], [b]) => revisionOf(a) - revisionOf(b))[0]?.[1];

/** What queries filter by, from the facts that the events left. */
export const deriveEntry: Derive = (document: Document) => {
  const facts = document as unknown as DirectoryFacts;
  const standing = standingOf(facts);
  return {
    status: statusOf(facts, standing),
    // What the stream says before anybody named one.
    language: facts.language ?? 'und',
    lists: standing.memberships,
    subscribedLists: listsWith(standing.memberships, 'subscribed'),
    consent: consentOf(facts),
    subscribedAt: firstSubscription(facts),
    search:
      facts.address === undefined ? undefined : searchTokens(facts.address, facts.fields ?? {}),
  };
};
