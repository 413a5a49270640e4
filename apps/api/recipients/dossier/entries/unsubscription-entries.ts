import type { DeliveryEvent } from '#domain/delivery/index';
import type { ListId, Recorded } from '#domain/kernel/index';
import { statusOf, type Recipient, type RecipientEvent } from '#domain/recipient/index';
import type {
  DossierActionsAnswer,
  DossierStoppedAnswer,
  DossierUnsubscriptionAnswer,
} from '../dto/unsubscription-entry.dto.ts';
import type { Material } from '../material.ts';
import { factEntry } from './event-entry.ts';
import { statesOf } from './gate-review.ts';
import { namedLists } from './named-lists.ts';

/** Reasons for which a message is stopped because the person wants none. */
const STOPPED_BY = new Set(['unsubscribed-all', 'unsubscribed-list', 'complaint', 'not-on-list']);

type Said = Pick<DossierUnsubscriptionAnswer, 'kind' | 'scope'> & { listIds: readonly ListId[] };

/** Every request to be left alone and what was done about it, in the order it was recorded (C-29). */
export const unsubscriptionEntries = (material: Material): DossierUnsubscriptionAnswer[] => {
  const { history, meanings } = material;
  const states = statesOf(history);
  const said = history.flatMap((recorded, index) => {
    const what = saidBy(recorded.event);
    return what === undefined ? [] : [{ recorded, index, what }];
  });
  return said.map(({ recorded, index, what }, place) => {
    const { listIds, ...about } = what;
    const until = said[place + 1]?.recorded;
    const lifting = what.scope === 'all' ? liftedBy(states, index, history) : undefined;
    return {
      ...factEntry(recorded, meanings),
      ...about,
      lists: namedLists(listIds, meanings),
      processedAt: recorded.metadata.recordedAt,
      actions: actionsOf(states[index], states[index + 1], material),
      stopped: stoppedBetween(recorded, until, material),
      ...(lifting !== undefined && { liftedBy: lifting.id }),
    };
  });
};

const saidBy = (event: RecipientEvent): Said | undefined => {
  switch (event.type) {
    case 'RecipientUnsubscribed': {
      const { scope } = event.data;
      return scope === 'all'
        ? { kind: 'unsubscription', scope, listIds: [] }
        : { kind: 'unsubscription', scope: 'lists', listIds: scope };
    }
    case 'ComplaintRecorded':
      return { kind: 'complaint', scope: 'all', listIds: [] };
    case 'ConsentWithdrawn':
      return { kind: 'consent-withdrawn', scope: 'consent', listIds: [] };
    case 'ListsLeft':
      return { kind: 'lists-left', scope: 'lists', listIds: event.data.listIds };
    default:
      return undefined;
  }
};

/** What changed in the same moment. */
const actionsOf = (
  before: Recipient | undefined,
  after: Recipient | undefined,
  { history, meanings }: Material,
): DossierActionsAnswer => {
  if (before === undefined || after === undefined) throw new Error('An event without a state.');
  const left = [...before.lists].flatMap(([listId, { status }]) =>
    status === 'subscribed' && after.lists.get(listId)?.status !== 'subscribed' ? [listId] : [],
  );
  const kept = new Set(after.consents.map(({ revision }) => revision));
  const ended = before.consents.filter(({ revision }) => !kept.has(revision));
  return {
    statusBefore: statusOf(before),
    statusAfter: statusOf(after),
    listsLeft: namedLists(left, meanings),
    consentsEnded: ended.flatMap(({ revision }) => history[revision]?.id ?? []),
    pendingDropped: before.pending !== undefined && after.pending === undefined,
  };
};

/** The first event after which the person may be written to again. */
const liftedBy = (
  states: readonly Recipient[],
  index: number,
  history: Material['history'],
): Recorded<RecipientEvent> | undefined => {
  const later = states.findIndex(
    ({ unsubscribed }, place) => place > index + 1 && unsubscribed === undefined,
  );
  return later === -1 ? undefined : history[later - 1];
};

const stoppedBetween = (
  from: Recorded<RecipientEvent>,
  until: Recorded<RecipientEvent> | undefined,
  { deliveries }: Material,
): DossierStoppedAnswer[] => {
  const isBetween = ({ position }: Recorded<DeliveryEvent>): boolean =>
    position > from.position && (until === undefined || position < until.position);
  return deliveries.flatMap(({ key, events }) =>
    events.flatMap((recorded) => {
      const { event, id: eventId } = recorded;
      if (event.type !== 'DeliverySkipped' || !isBetween(recorded)) return [];
      const { reason, at } = event.data;
      return STOPPED_BY.has(reason) ? [{ delivery: key, eventId, at, reason }] : [];
    }),
  );
};
