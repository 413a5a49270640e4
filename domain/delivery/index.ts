import type { StreamDefinition } from '#domain/kernel/index';
import { deliveryCodec } from './codec.ts';
import type { DeliveryCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { DeliveryEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { DeliveryRejection } from './rejections.ts';
import { NO_DELIVERY, type Delivery } from './state.ts';

export const deliveryStream: StreamDefinition<
  DeliveryCommand,
  Delivery,
  DeliveryEvent,
  DeliveryRejection
> = {
  category: 'delivery',
  initialState: NO_DELIVERY,
  evolve,
  decide,
  codec: deliveryCodec,
};

export type {
  AttemptDelivery,
  DeliveryCommand,
  PlanDelivery,
  RecordAccepted,
  RecordDeferred,
  RecordRefused,
  RecordUncertain,
  SkipDelivery,
} from './commands.ts';
export type {
  DeliveryAccepted,
  DeliveryAttempted,
  DeliveryContent,
  DeliveryDeferred,
  DeliveryEvent,
  DeliveryPlanned,
  DeliveryRefused,
  DeliverySkipped,
  DeliveryUncertain,
} from './events.ts';
export { messageScopeOf } from './message-scope.ts';
export { requestToConfirm } from './request-to-confirm.ts';
export type { DeliveryRejection, DeliveryRejectionCode } from './rejections.ts';
export type { Delivery, DeliveryStatus } from './state.ts';
