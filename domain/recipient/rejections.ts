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
  | 'evidence-missing'
  | 'express-consent-on-record'
  | 'no-current-consent'
  | 'request-too-early'
  | 'requested-recently'
  | 'consent-refused'
  | 'tracking-refused'
  | 'admin-needed'
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
    message:
      'The person complained about a message. They can come back by a form, or be reactivated one by one.',
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
  expressOnRecord: {
    code: 'express-consent-on-record',
    message: 'The person has given express consent already: do not ask again (C-16).',
  },
  noCurrentConsent: {
    code: 'no-current-consent',
    message:
      'A request for consent is a commercial message: send it only while an implied consent with an end is current (C-01, C-16).',
  },
  requestTooEarly: {
    code: 'request-too-early',
    message:
      'The consent lasts longer than newsletters of the account ask ahead: wait, or ask by a mail of its own (C-16).',
  },
  requestedRecently: {
    code: 'requested-recently',
    message: 'The person was asked within the last seven days: wait (C-16).',
  },
  consentRefused: {
    code: 'consent-refused',
    message: 'The person does not want to be asked for consent again.',
  },
  trackingRefused: {
    code: 'tracking-refused',
    message:
      'The person turned tracking off; only they can turn it on again, or a consent that they gave since (P-18).',
    path: 'mode',
  },
  trackingWithdrawn: {
    code: 'consent-withdrawn',
    message: 'The person withdrew later than this consent: give one dated after the withdrawal.',
    path: 'date',
  },
  trackingDateInFuture: {
    code: 'consent-date-in-future',
    message: 'A consent counts from the day it was given: give a date that is not in the future.',
    path: 'date',
  },
  adminNeeded: {
    code: 'admin-needed',
    message:
      'The person complained about a message. Only an administrator can reactivate them: use a key that may do everything (scope *).',
  },
  notSuppressed: {
    code: 'not-suppressed',
    message: 'The person is not unsubscribed: nothing needs to be reactivated.',
  },
} as const satisfies Record<string, RecipientRejection>;
