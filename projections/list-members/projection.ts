import type { Recorded } from '#domain/kernel/index';
import type { RecipientEvent } from '#domain/recipient/index';
import {
  listsWith,
  membershipTurn,
  standingOf,
  type MembershipHistory,
} from '#projections/recipient-facts/index';
import type { Projection } from '#libs/read-store/projection';

/**
 * Who is on a list: one document a recipient, without personal data, so that planning an audience of a
 * million touches no address. Whether somebody may be written to is `maySend`'s to say, not this model's.
 */
export const listMembers: Projection = {
  name: 'list-members',
  version: 2,
  indexes: [['subscribedLists[]'], ['unconfirmedLists[]'], ['unsubscribedLists[]']],
  categories: ['recipient'],
  project: (recorded) => {
    const set = membershipTurn(recorded as Recorded<RecipientEvent>);
    if (Object.keys(set).length === 0) return [];
    const id = recorded.stream.slice('recipient-'.length);
    return [{ op: 'upsert', id, set: { ...set, accountId: recorded.metadata.accountId } }];
  },
  derive: (document) => {
    const { memberships } = standingOf(document as unknown as MembershipHistory);
    return {
      subscribedLists: listsWith(memberships, 'subscribed'),
      unconfirmedLists: listsWith(memberships, 'unconfirmed'),
      unsubscribedLists: listsWith(memberships, 'unsubscribed'),
    };
  },
};
