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

/** The refusals whose sentence does not depend on the command. */
export const REJECTIONS = {
  unknown: {
    code: 'unknown-recipient',
    message: 'Nobody is known under this id: subscribe the address first.',
  },
  unsubscribed: {
    code: 'unsubscribed-all',
    message:
      'The person unsubscribed from everything. They can come back by a form, or be reactivated one by one.',
  },
  listUnsubscribed: {
    code: 'unsubscribed-list',
    message: 'The person unsubscribed from this list; only they can join it again.',
    path: 'listIds',
  },
  complained: {
    code: 'complaint',
    message: 'The person complained about a message. They can come back by a form.',
  },
  invalid: {
    code: 'invalid-address',
    message: 'The address is invalid; no import, call or form brings it back.',
  },
  erased: {
    code: 'erased',
    message: 'The person was erased. They can come back by a form.',
  },
  restricted: {
    code: 'restricted',
    message: 'The use of the person’s data is suspended: lift the suspension first.',
  },
  withdrawn: {
    code: 'consent-withdrawn',
    message: 'The person withdrew later than this consent: give one dated after the withdrawal.',
    path: 'consent.date',
  },
  nothingToConfirm: {
    code: 'nothing-to-confirm',
    message: 'No subscription waits for confirmation: subscribe again.',
  },
  newerRequest: {
    code: 'confirmation-expired',
    message: 'A newer confirmation mail was sent: use the link in that one.',
  },
  confirmationExpired: {
    code: 'confirmation-expired',
    message: 'The link was good for seven days: subscribe again to get a new one.',
  },
  warningNotAcknowledged: {
    code: 'warning-not-acknowledged',
    message: 'Read the present warning first and send its id back.',
    path: 'acknowledgedWarningId',
  },
  notSuppressed: {
    code: 'not-suppressed',
    message: 'The person is not unsubscribed: nothing needs to be reactivated.',
  },
} as const satisfies Record<string, RecipientRejection>;
