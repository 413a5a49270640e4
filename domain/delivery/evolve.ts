import { distinct } from '#domain/kernel/index';
import type { DeliveryEvent, DeliveryPlanned, DeliverySkipped } from './events.ts';
import { isStoppedBy, requesterOf, type Delivery, type DeliveryStatus } from './state.ts';

/** Total: an event that does not follow from the status changes nothing, and sent stays sent. */
export const evolve = (delivery: Delivery, event: DeliveryEvent): Delivery => {
  switch (event.type) {
    case 'DeliveryPlanned':
      return planned(delivery, event.data);
    case 'DeliverySkipped':
      return skipped(delivery, event.data);
    case 'DeliveryAttempted': {
      if (delivery.status !== 'planned' && delivery.status !== 'deferred') return delivery;
      const { attempt, messageId, language, claimant } = event.data;
      const { retryAt: _, ...rest } = delivery;
      return { ...rest, status: 'attempted', attempts: attempt, messageId, language, claimant };
    }
    case 'DeliveryAccepted':
      return outcome(delivery, 'sent');
    case 'DeliveryDeferred':
      return outcome(delivery, 'deferred', { retryAt: event.data.retryAt });
    case 'DeliveryRefused':
      return outcome(delivery, 'failed');
    case 'DeliveryUncertain':
      return outcome(delivery, 'uncertain');
  }
};

const planned = (delivery: Delivery, data: DeliveryPlanned['data']): Delivery => {
  if (delivery.status !== 'none' && delivery.status !== 'skipped') return delivery;
  const { at, ...terms } = data;
  const firstPlannedAt = delivery.firstPlannedAt ?? at;
  return { ...delivery, ...terms, status: 'planned', firstPlannedAt };
};

const skipped = (delivery: Delivery, data: DeliverySkipped['data']): Delivery => {
  const { accountId, recipientId, content } = data;
  const skippedBy = distinct([...delivery.skippedBy, requesterOf(content)]);
  if (!isStoppedBy(delivery, requesterOf(content))) return { ...delivery, skippedBy };
  const { retryAt: _, ...rest } = delivery;
  return { ...rest, accountId, recipientId, content, status: 'skipped', skippedBy };
};

const outcome = (
  delivery: Delivery,
  status: DeliveryStatus,
  more: Pick<Delivery, 'retryAt'> = {},
): Delivery => (delivery.status === 'attempted' ? { ...delivery, ...more, status } : delivery);
