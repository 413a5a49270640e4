import { expect, it } from '@jest/globals';
import { fold, Instant, type Recorded } from '#domain/kernel/index';
import { recipientStream, type RecipientEvent } from '#domain/recipient/index';
import { A, subscribed, unsubscribedAll } from '#domain/recipient/testing/examples';
import { recorder } from '#projections/testing/recorded';
import { membershipTurn, standingOf } from './memberships.ts';

const at = Instant('2026-04-01T12:00:00.000Z');
const confirmed: RecipientEvent = {
  type: 'SubscriptionConfirmed',
  data: { listIds: [A], liftsSuppression: true, at },
};
const reactivated = {
  type: 'RecipientReactivated',
  data: { warningId: 'unsubscription-v1-3', at },
} as RecipientEvent;

it('UNS-6: a reactivation brings back what the last unsubscription took, not an earlier one', () => {
  const ledger = recorder();
  const events = [subscribed(), unsubscribedAll, confirmed, unsubscribedAll, reactivated];
  for (const event of events) ledger.record('recipient-a', event);
  const turns: object = Object.fromEntries(
    ledger
      .all()
      .flatMap((recorded) =>
        Object.entries(membershipTurn(recorded as Recorded<RecipientEvent>)).map(([path, turn]) => [
          path.slice('turns.'.length),
          turn,
        ]),
      ),
  );
  const { memberships } = standingOf({ turns } as Parameters<typeof standingOf>[0]);
  expect(memberships).toEqual([{ listId: A, status: 'subscribed', since: at }]);
  expect(fold(recipientStream, events).lists.get(A)?.status).toBe('subscribed');
});
