import { EVIDENCE_GROUP_CODES, IMPLIED_BASES, PRIVACY_BASES } from '#domain/consent/index';
import {
  eventCodec,
  ImportId,
  isEmpty,
  ListId,
  NewsletterId,
  type Codec,
  type StoredForms,
} from '#domain/kernel/index';
import {
  array,
  boolean,
  count,
  either,
  mustFit,
  number,
  nullable,
  object,
  oneOf,
  optional,
  record,
  string,
} from '#domain/kernel/shape';
import { civilDate, id, instant, language } from '#domain/kernel/shapes-of-values';
import type { RecipientEvent } from './events.ts';
import { CONSENTED_TRACKING, UNCONSENTED_TRACKING } from './tracking.ts';

const at = instant();
const listIds = array(id(ListId));
const optIn = oneOf('single', 'double');
const value = either(either(string(), number()), boolean());
const proof = object({
  method: optional(string()),
  source: optional(string()),
  reference: optional(string()),
  document: optional(string()),
  url: optional(string()),
  snapshotHash: optional(string()),
  noRefusalChecked: optional(boolean()),
  relevance: optional(string()),
  by: optional(string()),
  how: optional(string()),
  attestedBy: optional(string()),
});
/** Before newsletters carried requests. */
const requestedBefore = { lastDay: civilDate(), daysBefore: optional(count()), at };
const requested = object({ ...requestedBefore, newsletterId: optional(id(NewsletterId)) });
const requestedV1 = object(requestedBefore);
const statedBy = optional(id(ImportId));
const revision = count();
const membership = object({
  since: at,
  revision,
  status: oneOf('subscribed', 'unconfirmed', 'unsubscribed', 'left'),
});
const statedFact = object({ since: at, revision, statedBy });
const consent = either(
  object({ kind: oneOf('express'), date: civilDate(), revision }),
  object({
    kind: oneOf('implied'),
    basis: oneOf(...IMPLIED_BASES),
    date: civilDate(),
    expiresOn: optional(civilDate()),
    revision,
  }),
);
const ended = oneOf('superseded', 'expired');
const rejectedClaim = object({
  kind: oneOf('express', 'implied'),
  basis: optional(oneOf(...IMPLIED_BASES)),
  code: string(),
  missing: array(oneOf(...EVIDENCE_GROUP_CODES)),
  revision,
});
const pending = object({ requestedAt: at, listIds, givesConsent: boolean(), revision });
const joining = { listIds, optIn, consentOnConfirmation: optional(boolean()), at };

const FORMS: StoredForms<RecipientEvent> = {
  RecipientSubscribed: {
    version: 1,
    data: object({ ...joining, language: language(), jurisdiction: optional(string()) }),
    personal: object({ address: string(), fields: record(value), proof: optional(proof) }),
  },
  SubscriptionConfirmed: {
    version: 1,
    data: object({ listIds, liftsSuppression: boolean(), at }),
  },
  ListsJoined: {
    version: 1,
    data: object(joining),
    personal: object({ proof: optional(proof) }),
  },
  ListsLeft: { version: 1, data: object({ listIds, at }) },
  ExpressConsentGiven: {
    version: 1,
    data: object({ date: civilDate(), timeZone: string(), confirmedAt: optional(at), at }),
    personal: object({ proof }),
  },
  ImpliedConsentRecorded: {
    version: 1,
    data: object({
      basis: oneOf(...IMPLIED_BASES),
      date: civilDate(),
      expiresOn: optional(civilDate()),
      timeZone: string(),
      at,
    }),
    personal: object({ proof }),
  },
  ConsentSuperseded: {
    version: 1,
    data: object({ revision: count(), basis: oneOf(...IMPLIED_BASES), at }),
  },
  ConsentExpired: {
    version: 1,
    data: object({
      revision: count(),
      basis: oneOf(...IMPLIED_BASES),
      lastDay: civilDate(),
      at,
    }),
  },
  ConsentClaimRejected: {
    version: 1,
    data: object({
      kind: oneOf('express', 'implied'),
      basis: optional(oneOf(...IMPLIED_BASES)),
      code: string(),
      missing: array(oneOf(...EVIDENCE_GROUP_CODES)),
      at,
    }),
  },
  ConsentRequested: { version: 2, data: requested },
  ConsentRefused: { version: 1, data: object({ date: civilDate(), at }) },
  ConsentWithdrawn: { version: 1, data: object({ date: civilDate(), at }) },
  PrivacyBasisRecorded: { version: 1, data: object({ kind: oneOf(...PRIVACY_BASES), at }) },
  TrackingConsentGiven: {
    version: 1,
    data: object({
      mode: oneOf(...CONSENTED_TRACKING),
      date: civilDate(),
      timeZone: string(),
      at,
    }),
    personal: object({ proof }),
  },
  TrackingConsentWithdrawn: {
    version: 1,
    data: object({
      mode: oneOf(...UNCONSENTED_TRACKING),
      by: oneOf('person', 'client'),
      date: civilDate(),
      at,
    }),
  },
  LanguageChanged: {
    version: 1,
    data: object({ language: language(), previous: language(), at }),
  },
  ProfileChanged: {
    version: 1,
    data: object({ keys: array(string()), jurisdiction: optional(string()), at }),
    personal: object({ fields: record(nullable(value)) }),
  },
  RecipientUnsubscribed: {
    version: 1,
    data: object({
      scope: either(oneOf('all'), listIds),
      date: optional(civilDate()),
      statedBy,
      at,
    }),
    personal: object({ reason: optional(string()) }),
  },
  RecipientReactivated: {
    version: 1,
    data: object({ warningId: string(), at }),
    personal: object({ reason: string() }),
  },
  InvalidityCleared: {
    version: 1,
    data: object({ at }),
    personal: object({ reason: string() }),
  },
  ComplaintRecorded: {
    version: 1,
    data: object({ source: oneOf('feedback-report', 'operator'), date: civilDate(), at }),
  },
  ProcessingRestricted: {
    version: 1,
    data: object({ at }),
    personal: object({ reason: string() }),
  },
  RestrictionLifted: {
    version: 1,
    data: object({ at }),
    personal: object({ reason: string() }),
  },
  AddressInvalidated: {
    version: 1,
    data: object({ cause: oneOf('import', 'bounce'), statedBy, at }),
  },
  ImportChangesUndone: {
    version: 1,
    data: object({
      importId: id(ImportId),
      forgotten: optional(boolean()),
      keys: optional(array(string())),
      language: optional(language()),
      jurisdiction: optional(nullable(string())),
      privacyBasis: optional(nullable(object({ kind: oneOf(...PRIVACY_BASES), revision }))),
      lists: optional(array(object({ listId: id(ListId), membership: optional(membership) }))),
      consentsEnded: optional(array(revision)),
      consentsRevived: optional(array(object({ consent, ended: optional(ended) }))),
      rejectedClaims: optional(nullable(array(rejectedClaim))),
      unsubscribed: optional(nullable(statedFact)),
      withdrawnOn: optional(nullable(civilDate())),
      invalid: optional(nullable(statedFact)),
      confirmedRequest: optional(nullable(at)),
      pending: optional(nullable(pending)),
      at,
    }),
    personal: object({ fields: optional(record(nullable(value))), proof: optional(proof) }),
  },
  RecipientErased: {
    version: 1,
    data: object({ at }),
    personal: object({ reason: string() }),
  },
};

const forms = eventCodec<RecipientEvent>(FORMS, {
  'ConsentRequested.v1': (data) => ({
    type: 'ConsentRequested',
    data: mustFit(requestedV1, data, 'ConsentRequested.v1 data'),
  }),
});

/** Types whose personal part can be empty, as for a one-click unsubscription without a reason. */
const MAY_BE_IMPERSONAL = new Set([
  'ListsJoined.v1',
  'RecipientUnsubscribed.v1',
  'ImportChangesUndone.v1',
]);

/**
 * Stored forms of a recipient's events. An empty personal part is not written: it needs no key, so that
 * an erased person's unsubscription makes none.
 */
export const recipientCodec: Codec<RecipientEvent> = {
  storedTypes: forms.storedTypes,
  encode: (event) => {
    const { personal, ...rest } = forms.encode(event);
    return personal === undefined || (MAY_BE_IMPERSONAL.has(rest.type) && isEmpty(personal))
      ? rest
      : { ...rest, personal };
  },
  decode: (type, data, personal) =>
    forms.decode(type, data, personal === undefined && MAY_BE_IMPERSONAL.has(type) ? {} : personal),
};
