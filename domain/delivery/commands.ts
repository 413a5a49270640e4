import type { Instant, ListId } from '#domain/kernel/index';
import type { DeliveryAttempted, DeliveryContent, Whose } from './events.ts';

type At = Readonly<{ now: Instant }>;
export type PlanDelivery = At &
  Whose &
  Readonly<{ type: 'PlanDelivery'; content: DeliveryContent; listIds: readonly ListId[] }>;
export type SkipDelivery = At &
  Whose &
  Readonly<{ type: 'SkipDelivery'; content: DeliveryContent; reason: string }>;
/** Claims the delivery. Whoever gets an event back, and nobody else, may hand the message to SMTP. */
export type AttemptDelivery = At &
  Readonly<{ type: 'AttemptDelivery' }> &
  Omit<DeliveryAttempted['data'], 'attempt' | 'at'>;
export type RecordAccepted = At & Readonly<{ type: 'RecordAccepted'; reply: string }>;
export type RecordDeferred = At &
  Readonly<{ type: 'RecordDeferred'; reply: string; retryAt: Instant }>;
export type RecordRefused = At & Readonly<{ type: 'RecordRefused'; reply: string }>;
export type RecordUncertain = At & Readonly<{ type: 'RecordUncertain'; cause: string }>;
export type DeliveryCommand =
  | PlanDelivery
  | SkipDelivery
  | AttemptDelivery
  | RecordAccepted
  | RecordDeferred
  | RecordRefused
  | RecordUncertain;
