import type { StreamDefinition } from '#domain/kernel/index';
import { recipientCodec } from './codec.ts';
import type { RecipientCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { RecipientEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { RecipientRejection } from './rejections.ts';
import { UNKNOWN, type Recipient } from './state.ts';

export const recipientStream: StreamDefinition<
  RecipientCommand,
  Recipient,
  RecipientEvent,
  RecipientRejection
> = {
  category: 'recipient',
  initialState: UNKNOWN,
  evolve,
  decide,
  codec: recipientCodec,
  subjectOf: (recipientId) => recipientId,
};

export { parseAddress, type Address, type AddressRefusal } from './address.ts';
export type * from './commands.ts';
export { CONFIRMATION_LIFETIME } from './decisions/confirm-subscription.ts';
export type * from './events.ts';
export {
  CONSENT_STATES,
  consentRecords,
  type ConsentRecord,
  type ConsentState,
} from './consent-records.ts';
export { presentEvidence } from './present-evidence.ts';
export {
  ENTRY_STATES,
  ENTRY_TYPES,
  RECORD_NAMES,
  type EntryState,
  type EntryType,
  type ReceiptRecord,
  type RecordEntry,
  type RecordName,
} from './receipt/record-entry.ts';
export { receiptRecords, type ReceiptRecords } from './receipt/receipt-records.ts';
export { undoImport, type ImportUndo, type LeftThing } from './undo/undo-import.ts';
export { requestInNewsletter, type RequestInNewsletter } from './request-in-newsletter.ts';
export { requestGrounds, type RequestGrounds } from './request-grounds.ts';
export { cannotReactivate } from './decisions/reactivate.ts';
export { reactivationWarning, type ReactivationWarning } from './reactivation-warning.ts';
export type { RecipientRejection, RecipientRejectionCode } from './rejections.ts';
export {
  isForgotten,
  statusOf,
  type PendingConfirmation,
  type Recipient,
  type RecipientStatus,
} from './state.ts';
export {
  CONSENTED_TRACKING,
  TRACKING_MODES,
  UNCONSENTED_TRACKING,
  type ConsentedTracking,
  type TrackingMode,
  type UnconsentedTracking,
} from './tracking.ts';
