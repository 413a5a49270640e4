type Kind = Readonly<{ status: number; title: string }>;

const kind = (status: number, title: string): Kind => ({ status, title });

/**
 * Every code that the API answers, and its status: the one table. A refusal of the domain that is not
 * named here is a 422: understood, and not possible as things are.
 */
const KINDS = {
  // The request itself
  'malformed-request': kind(400, 'The request cannot be read'),
  'invalid-request': kind(400, 'The request is not as described'),
  'unknown-preset': kind(400, 'There is no such preset'),
  'invalid-cursor': kind(400, 'The cursor is not one of this list'),
  'invalid-position': kind(400, 'The position is not one of this account'),
  'invalid-idempotency-key': kind(400, 'The idempotency key cannot be used'),
  unauthorized: kind(401, 'A valid key is needed'),
  'scope-missing': kind(403, 'The key does not allow this'),
  'admin-needed': kind(403, 'Only an administrator can do this'),
  'wrong-kind-of-key': kind(403, 'The key is not of the right kind'),
  'not-found': kind(404, 'Not found'),
  'unknown-account': kind(404, 'The account does not exist'),
  'unknown-route': kind(404, 'No such address'),
  'method-not-allowed': kind(405, 'The method is not allowed here'),
  'not-acceptable': kind(406, 'No such form of the answer'),
  'request-timeout': kind(408, 'The request took too long to arrive'),
  'in-progress': kind(409, 'The same request is being carried out'),
  conflict: kind(409, 'Somebody else was faster'),
  'answer-gone': kind(410, 'The answer is gone'),
  'statement-gone': kind(410, 'The statement is gone'),
  stale: kind(412, 'It has changed in the meantime'),
  'body-too-large': kind(413, 'The body is too large'),
  'address-too-long': kind(414, 'The address is too long'),
  'unsupported-media-type': kind(415, 'The body is of an unsupported type'),
  'not-a-text-file': kind(415, 'The file is not a text file'),
  'idempotency-key-reused': kind(422, 'The idempotency key was used for another request'),
  'headers-too-large': kind(431, 'The headers are too large'),
  unexpected: kind(500, 'Something went wrong on our side'),
  unavailable: kind(503, 'Not available at the moment'),
  'projection-behind': kind(504, 'The read model is behind'),
  'disk-full': kind(507, 'The disk is full'),

  // What a body names
  'unknown-list': kind(422, 'A list does not exist'),
  'unknown-field': kind(422, 'A field does not exist'),
  'unknown-wording': kind(422, 'A wording does not exist'),
  'unknown-form': kind(422, 'A form does not exist'),
  'unknown-import': kind(422, 'An import does not exist'),
  'unknown-newsletter': kind(422, 'A newsletter does not exist'),
  'unknown-recipient': kind(404, 'The recipient does not exist'),
  'invalid-template': kind(422, 'The content cannot be rendered'),
  'wording-text-missing': kind(422, 'The wording has no text in a language'),
  'purpose-missing': kind(422, 'The purpose is not stated'),
  'on-behalf-unclear': kind(422, 'It is not clear on whose behalf'),
  'consent-requests-invalid': kind(422, 'Consent cannot be asked for like this'),
  'consent-bundled': kind(422, 'Consent is not asked for separately'),
  'pre-ticked-box': kind(422, 'The box of consent is ticked beforehand'),
  'version-missing': kind(422, 'The newsletter has no such version'),
  'too-many-items': kind(422, 'There are too many items'),

  // Consents
  'label-without-basis': kind(422, 'A label is no basis of the law'),
  'label-not-available': kind(422, 'The organisation has no basis for such people'),
  'unknown-basis': kind(422, 'The law knows no such basis'),
  'third-party-consent': kind(422, 'The consent was given to somebody else'),
  'consent-date-in-future': kind(422, 'The consent is dated in the future'),
  'basis-not-available': kind(422, 'The organisation cannot rely on this basis'),
  'evidence-missing': kind(422, 'The basis is not proved'),
  'consent-withdrawn': kind(422, 'The person withdrew later'),

  // The state that things are in
  'account-exists': kind(409, 'The account exists already'),
  'api-key-exists': kind(409, 'The key exists already'),
  'list-exists': kind(409, 'The list exists already'),
  'wording-exists': kind(409, 'The wording exists already'),
  'form-exists': kind(409, 'The form exists already'),
  'newsletter-exists': kind(409, 'The newsletter exists already'),
  'campaign-exists': kind(409, 'The campaign exists already'),
  'field-type-fixed': kind(409, 'The type of a field does not change'),
  'unsubscribed-all': kind(409, 'The person has unsubscribed'),
  'unsubscribed-list': kind(409, 'The person has left this list'),
  complaint: kind(409, 'The person has complained'),
  'invalid-address': kind(409, 'The address does not work'),
  erased: kind(409, 'The person was erased'),
  restricted: kind(409, 'Use of the data is restricted'),
  'tracking-refused': kind(409, 'The person turned tracking off'),
  'express-consent-on-record': kind(409, 'There is express consent already'),
  'no-current-consent': kind(409, 'Nothing allows a request for consent'),
  'request-too-early': kind(409, 'Too early to ask'),
  'requested-recently': kind(409, 'The person was asked lately'),
  'consent-refused': kind(409, 'The person does not want to be asked'),
  'not-suppressed': kind(409, 'There is nothing to reactivate'),
  'warning-not-acknowledged': kind(409, 'The warning was not acknowledged'),
  'nothing-to-confirm': kind(409, 'There is nothing to confirm'),
  'import-not-finished': kind(409, 'The import has not ended yet'),
  'nothing-to-undo': kind(409, 'There is nothing to undo'),
  'wrong-status': kind(409, 'Not possible in this state'),
} as const satisfies Readonly<Record<string, Kind>>;

export type ProblemCode = keyof typeof KINDS;

const OTHER = kind(422, 'Not possible');

export const problemKind = (code: string): Kind =>
  Object.hasOwn(KINDS, code) ? KINDS[code as ProblemCode] : OTHER;
