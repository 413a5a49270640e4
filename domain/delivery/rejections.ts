import type { Refusal } from '#domain/kernel/index';
import type { DeliveryStatus } from './state.ts';

export type DeliveryRejectionCode = 'already-received' | 'already-skipped' | 'wrong-status';
export type DeliveryRejection = Refusal<DeliveryRejectionCode>;

export const ALREADY_RECEIVED: DeliveryRejection = {
  code: 'already-received',
  message:
    'Another campaign sends or sent this newsletter to this recipient. Skip them: nobody gets it twice.',
};
export const ALREADY_SKIPPED: DeliveryRejection = {
  code: 'already-skipped',
  message: 'This campaign skipped this recipient already. Use another campaign to reach them.',
};

const NEXT: Readonly<Record<DeliveryStatus, string>> = {
  none: 'Plan it first.',
  planned: 'Attempt or skip it.',
  skipped: 'Plan it by another campaign.',
  attempted: 'Record the outcome of the attempt.',
  sent: 'It stays so.',
  deferred: 'Attempt it again or skip it.',
  failed: 'It stays so.',
  uncertain: 'Whether it arrived is not known, so it stays so.',
};
export const wrongStatus = (status: DeliveryStatus): DeliveryRejection => ({
  code: 'wrong-status',
  message: `This cannot be done while the delivery is ${status === 'none' ? 'unknown' : status}. ${NEXT[status]}`,
});
