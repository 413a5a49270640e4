import {
  deliveryStream,
  messageScopeOf,
  type Delivery,
  type DeliveryAttempted,
  type DeliveryContent,
  type DeliveryEvent,
} from '#domain/delivery/index';
import type { Recorded } from '#domain/kernel/index';
import { skipReason } from '#projections/timeline/index';
import type {
  DossierAttemptAnswer,
  DossierMessageAnswer,
  DossierOutcomeAnswer,
  DossierSkipAnswer,
} from '../dto/message-entry.dto.ts';
import type { DeliveryHistory, Material, Meanings } from '../material.ts';
import { contentOf } from './content-entry.ts';
import { eventEntry } from './event-entry.ts';
import { GateReview } from './gate-review.ts';
import { namedLists } from './named-lists.ts';

type Claim = Recorded<DeliveryAttempted>;
type Parts = Readonly<{ meanings: Meanings; gates: GateReview }>;

/** Every message that was to reach the person, sent or not, in the order in which it was planned. */
export const messageEntries = (material: Material): DossierMessageAnswer[] => {
  const parts = { meanings: material.meanings, gates: new GateReview(material) };
  return [...material.deliveries].sort(byFirstEvent).map((each) => messageEntry(each, parts));
};

const byFirstEvent = (a: DeliveryHistory, b: DeliveryHistory): number =>
  firstPosition(a) < firstPosition(b) ? -1 : 1;

const firstPosition = ({ events }: DeliveryHistory): string => events[0]?.position ?? '';

const messageEntry = ({ key, events }: DeliveryHistory, parts: Parts): DossierMessageAnswer => {
  const { meanings } = parts;
  let delivery = deliveryStream.initialState;
  const attempts: DossierAttemptAnswer[] = [];
  const skips: DossierSkipAnswer[] = [];
  events.forEach((recorded, index) => {
    if (isClaim(recorded)) {
      attempts.push(attemptEntry(recorded, { delivery, after: events.slice(index + 1) }, parts));
    }
    skips.push(...skipEntries(recorded));
    delivery = deliveryStream.evolve(delivery, recorded.event);
  });
  const { content, listIds, status } = delivery;
  if (content === undefined || status === 'none') throw new Error('A delivery without content.');
  return {
    delivery: key,
    ...aboutOf(content, meanings),
    lists: namedLists(listIds, meanings),
    status,
    attempts,
    skips,
    events: events.map((recorded) => eventEntry(recorded, meanings)),
  };
};

type About = Pick<
  DossierMessageAnswer,
  'kind' | 'newsletter' | 'campaignId' | 'form' | 'wordingId'
>;

/** What the message is: a newsletter of a campaign, or a notice and what it answers. */
const aboutOf = (content: DeliveryContent, { newsletters, forms }: Meanings): About => {
  const { kind } = content;
  switch (content.kind) {
    case 'newsletter': {
      const { newsletterId, campaignId } = content;
      const created = newsletters.get(newsletterId)?.[0]?.event;
      const name = created?.type === 'NewsletterCreated' ? created.data.name : undefined;
      return {
        kind,
        newsletter: { newsletterId, ...(name !== undefined && { name }) },
        campaignId,
      };
    }
    case 'consent-request':
    case 'return-confirmation':
      return { kind, wordingId: content.wordingId };
    default: {
      const { formId } = content;
      const name = forms.get(formId);
      return { kind, form: { formId, ...(name !== undefined && { name }) } };
    }
  }
};

const isClaim = (recorded: Recorded<DeliveryEvent>): recorded is Claim =>
  recorded.event.type === 'DeliveryAttempted';

type Course = Readonly<{ delivery: Delivery; after: readonly Recorded<DeliveryEvent>[] }>;

const attemptEntry = (
  claim: Claim,
  { delivery, after }: Course,
  { meanings, gates }: Parts,
): DossierAttemptAnswer => {
  const { attempt, at, messageId, language } = claim.event.data;
  return {
    attempt,
    at,
    messageId,
    language,
    content: contentOf(claim, delivery.content, meanings),
    gate: gates.of(claim, messageScopeOf(delivery)),
    outcome: outcomeOf(after),
  };
};

/** What became of an attempt: the first outcome after it. */
const outcomeOf = (after: readonly Recorded<DeliveryEvent>[]): DossierOutcomeAnswer => {
  for (const { event, id: eventId } of after) {
    switch (event.type) {
      case 'DeliveryAccepted':
        return { status: 'sent', eventId, ...event.data };
      case 'DeliveryRefused':
        return { status: 'failed', eventId, ...event.data };
      case 'DeliveryDeferred':
        return { status: 'deferred', eventId, ...event.data };
      case 'DeliveryUncertain':
        return { status: 'uncertain', eventId, at: event.data.at, reply: event.data.cause };
      default:
    }
  }
  return { status: 'under-way' };
};

const skipEntries = ({ event, id: eventId }: Recorded<DeliveryEvent>): DossierSkipAnswer[] => {
  if (event.type !== 'DeliverySkipped') return [];
  const { at, reason, content } = event.data;
  const text = skipReason(reason);
  return [
    {
      at,
      reason,
      text,
      ...(content.kind === 'newsletter' && { campaignId: content.campaignId }),
      eventId,
    },
  ];
};
