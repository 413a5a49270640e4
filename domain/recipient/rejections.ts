import type { Refusal } from '#domain/kernel/index';

export type RecipientRejectionCode =
  | 'unknown-recipient'
  | 'unsubscribed-all'
  | 'unsubscribed-list'
  | 'complaint'
  | 'invalid-address'
  | 'erased'
  | 'restricted'
  | 'consent-date-in-future'
  | 'consent-withdrawn'
  | 'basis-not-available'
  | 'expiry-later-than-law'
  | 'nothing-to-confirm'
  | 'confirmation-expired'
  | 'warning-not-acknowledged'
  | 'not-suppressed'
  | 'consent-required';

export type RecipientRejection = Refusal<RecipientRejectionCode>;
