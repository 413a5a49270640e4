import { distinct, ok, refuse, withoutAddresses, type Result } from '#domain/kernel/index';
import type { AttemptDelivery, DeliveryCommand, PlanDelivery, SkipDelivery } from './commands.ts';
import type { DeliveryEvent } from './events.ts';
import {
  ALREADY_RECEIVED,
  ALREADY_SKIPPED,
  wrongStatus,
  type DeliveryRejection,
} from './rejections.ts';
import { isStoppedBy, requesterOf, type Delivery, type DeliveryStatus } from './state.ts';

type Decision = Result<readonly DeliveryEvent[], DeliveryRejection>;

/**
 * Between two attempts there is always a deferral, so nothing is ever sent twice (SND-3). Servers like to
 * repeat the address in their replies, which are stored in clear: it is taken out.
 */
export const decide = (command: DeliveryCommand, delivery: Delivery): Decision => {
  switch (command.type) {
    case 'PlanDelivery':
      return plan(command, delivery);
    case 'SkipDelivery':
      return skip(command, delivery);
    case 'AttemptDelivery':
      return attempt(command, delivery);
    case 'RecordAccepted': {
      const { now: at } = command;
      const reply = withoutAddresses(command.reply);
      return outcome(delivery, 'sent', { type: 'DeliveryAccepted', data: { reply, at } });
    }
    case 'RecordDeferred': {
      const { retryAt, now: at } = command;
      const reply = withoutAddresses(command.reply);
      return outcome(delivery, 'deferred', {
        type: 'DeliveryDeferred',
        data: { reply, retryAt, at },
      });
    }
    case 'RecordRefused': {
      const { now: at } = command;
      const reply = withoutAddresses(command.reply);
      return outcome(delivery, 'failed', { type: 'DeliveryRefused', data: { reply, at } });
    }
    case 'RecordUncertain': {
      const { now: at } = command;
      const cause = withoutAddresses(command.cause);
      return outcome(delivery, 'uncertain', { type: 'DeliveryUncertain', data: { cause, at } });
    }
  }
};

const isRequestedBy = (delivery: Delivery, requester: string): boolean =>
  delivery.content !== undefined && requesterOf(delivery.content) === requester;

const plan = (command: PlanDelivery, delivery: Delivery): Decision => {
  const { accountId, recipientId, content, now: at } = command;
  const requester = requesterOf(content);
  if (delivery.skippedBy.includes(requester)) return refuse(ALREADY_SKIPPED);
  if (delivery.status !== 'none' && delivery.status !== 'skipped') {
    return isRequestedBy(delivery, requester) ? ok([]) : refuse(ALREADY_RECEIVED);
  }
  const listIds = distinct(command.listIds);
  return ok([{ type: 'DeliveryPlanned', data: { accountId, recipientId, content, listIds, at } }]);
};

const skip = (command: SkipDelivery, delivery: Delivery): Decision => {
  const { accountId, recipientId, content, reason, now: at } = command;
  const requester = requesterOf(content);
  if (delivery.skippedBy.includes(requester)) return ok([]);
  const isTooLate = ['attempted', 'sent', 'failed', 'uncertain'].includes(delivery.status);
  if (isTooLate && isRequestedBy(delivery, requester)) return refuse(wrongStatus(delivery.status));
  const beside = isStoppedBy(delivery, requester) ? {} : { besideAnother: true };
  const data = { accountId, recipientId, content, reason, ...beside, at };
  return ok([{ type: 'DeliverySkipped', data }]);
};

/** Refused, not "already so", while an attempt is open: a second claimant must not send. */
const attempt = ({ type: _, now, ...claim }: AttemptDelivery, delivery: Delivery): Decision =>
  delivery.status === 'planned' || delivery.status === 'deferred'
    ? ok([
        {
          type: 'DeliveryAttempted',
          data: { ...claim, attempt: delivery.attempts + 1, at: now },
        },
      ])
    : refuse(wrongStatus(delivery.status));

const outcome = ({ status }: Delivery, after: DeliveryStatus, event: DeliveryEvent): Decision => {
  if (status === after) return ok([]);
  return status === 'attempted' ? ok([event]) : refuse(wrongStatus(status));
};
