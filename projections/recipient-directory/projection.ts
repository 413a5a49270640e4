import { isShredded, type JsonValue, type Recorded } from '#domain/kernel/index';
import type {
  FieldValue,
  ImportChangesUndone,
  RecipientEvent,
  StatedFact,
} from '#domain/recipient/index';
import type { Upsert } from '#libs/read-store/change';
import type { Projection } from '#libs/read-store/projection';
import { membershipTurn } from '#projections/recipient-facts/index';
import { deriveEntry } from './derive.ts';

type Parts = Pick<Upsert, 'set' | 'unset'>;
type Values = Record<string, JsonValue>;

/** Everything that says who a person is, or what they agreed to. */
const PERSONAL = [
  'address',
  'fields',
  'jurisdiction',
  'subscriptions',
  'consents',
  'privacyBasis',
  'tracking',
];

type Setting = Readonly<{
  set: Readonly<Values>;
  unset: readonly string[];
}>;

/** Values of fields by path; null removes one. */
const fieldChanges = (fields: Readonly<Record<string, FieldValue | null>>): Setting => {
  const set: Values = {};
  const unset: string[] = [];
  for (const [key, value] of Object.entries(fields)) {
    if (value === null) unset.push(`fields.${key}`);
    else set[`fields.${key}`] = value;
  }
  return { set, unset };
};

const optional = (name: string, value: string | undefined): Values =>
  value === undefined ? {} : { [name]: value };

const subscribed = (
  event: Extract<RecipientEvent, { type: 'RecipientSubscribed' }>,
  revision: number,
): Parts => {
  const { language, jurisdiction, at } = event.data;
  const personal = isShredded(event.personal) ? undefined : event.personal.reveal();
  const set: Values = { language };
  set[`subscriptions.r${revision}`] = at;
  if (jurisdiction !== undefined) set['jurisdiction'] = jurisdiction;
  if (personal !== undefined) {
    set['address'] = personal.address;
    Object.assign(set, fieldChanges(personal.fields).set);
  }
  return { set };
};

const profileChanged = (event: Extract<RecipientEvent, { type: 'ProfileChanged' }>): Parts => {
  const fields = isShredded(event.personal) ? {} : event.personal.reveal().fields;
  const { set, unset } = fieldChanges(fields);
  return { set: { ...set, ...optional('jurisdiction', event.data.jurisdiction) }, unset };
};

const consent = (revision: number, granted: JsonValue): Parts => {
  // Assigned, here and above: V8 takes far longer for a name that is made up in a literal.
  const set: Values = {};
  set[`consents.r${revision}`] = granted;
  return { set };
};

const importUndone = ({ data, personal }: ImportChangesUndone): Parts => {
  const { unsubscribed, invalid } = data;
  const suppressions = changes({
    unsubscribedAt: sinceOf(unsubscribed),
    invalidAt: sinceOf(invalid),
  });
  // Without an account nothing finds the entry; the next subscription gives it one again.
  if (data.forgotten === true) {
    return { set: suppressions.set, unset: [...FORGOTTEN, ...suppressions.unset] };
  }
  const fields = fieldChanges(isShredded(personal) ? {} : (personal.reveal().fields ?? {}));
  const { consentsEnded = [], consentsRevived = [], language, jurisdiction, privacyBasis } = data;
  const others = changes({
    language,
    jurisdiction,
    privacyBasis: privacyBasis === null ? null : privacyBasis?.kind,
  });
  const revived: Values = {};
  for (const { consent } of consentsRevived) {
    const { revision, ...granted } = consent;
    revived[`consents.r${String(revision)}`] = granted;
  }
  return {
    set: { ...suppressions.set, ...others.set, ...fields.set, ...revived },
    unset: [
      ...suppressions.unset,
      ...others.unset,
      ...fields.unset,
      ...consentsEnded.map((revision) => `consents.r${String(revision)}`),
    ],
  };
};

const sinceOf = (fact: StatedFact | null | undefined): string | null | undefined =>
  fact === null ? null : fact?.since;

/** Values to set; null removes one, and undefined leaves it. */
const changes = (values: Readonly<Record<string, string | null | undefined>>): Setting => ({
  set: Object.fromEntries(
    Object.entries(values).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  ),
  unset: Object.keys(values).filter((name) => values[name] === null),
});

const partsOf = ({ event, revision }: Recorded<RecipientEvent>): Parts => {
  switch (event.type) {
    case 'RecipientSubscribed':
      return subscribed(event, revision);
    case 'SubscriptionConfirmed':
      return event.data.liftsSuppression ? { unset: SUPPRESSIONS } : {};
    case 'ListsJoined':
    case 'ListsLeft':
      return {};
    case 'ExpressConsentGiven':
      return consent(revision, { kind: 'express', date: event.data.date });
    case 'ImpliedConsentRecorded': {
      const { basis, date, expiresOn } = event.data;
      return consent(revision, {
        kind: 'implied',
        basis,
        date,
        ...optional('expiresOn', expiresOn),
      });
    }
    case 'ConsentExpired':
      return { unset: [`consents.r${event.data.revision}`] };
    case 'ConsentSuperseded':
    case 'ConsentClaimRejected':
    case 'ConsentRequested':
    case 'ConsentRefused':
      return {};
    case 'ConsentWithdrawn':
      return { unset: ['consents'] };
    case 'TrackingConsentGiven':
    case 'TrackingConsentWithdrawn':
      return { set: { tracking: event.data.mode } };
    case 'PrivacyBasisRecorded':
      return { set: { privacyBasis: event.data.kind } };
    case 'LanguageChanged':
      return { set: { language: event.data.language } };
    case 'ProfileChanged':
      return profileChanged(event);
    case 'RecipientUnsubscribed':
      return event.data.scope === 'all'
        ? { set: { unsubscribedAt: event.data.at }, unset: ['consents'] }
        : {};
    case 'RecipientReactivated':
      return { unset: ['unsubscribedAt', 'complainedAt'] };
    case 'InvalidityCleared':
      return { unset: ['invalidAt', 'consents'] };
    case 'ComplaintRecorded': {
      const { at } = event.data;
      return { set: { unsubscribedAt: at, complainedAt: at }, unset: ['consents'] };
    }
    case 'ProcessingRestricted':
      return { set: { restrictedAt: event.data.at } };
    case 'RestrictionLifted':
      return { unset: ['restrictedAt'] };
    case 'AddressInvalidated':
      return { set: { invalidAt: event.data.at } };
    case 'ImportChangesUndone':
      return importUndone(event);
    case 'RecipientErased':
      return { set: { erasedAt: event.data.at }, unset: PERSONAL };
  }
};

const SUPPRESSIONS = ['unsubscribedAt', 'complainedAt', 'erasedAt'];
const FORGOTTEN = [...PERSONAL, 'accountId', 'language'];
const isForgetting = (event: RecipientEvent): boolean =>
  event.type === 'ImportChangesUndone' && event.data.forgotten === true;

/**
 * The recipients of an account, to be searched and filtered. Holds personal data in clear; an erasure
 * leaves a tombstone. A single recipient is better read from their own stream.
 * Pages are in the order in which the account came to know people: ids are in no order, so that each new one would
 * change another page of each index.
 */
export const recipientDirectory: Projection = {
  name: 'recipient-directory',
  version: 3,
  personal: true,
  indexes: [
    ['accountId', 'createdPosition'],
    ['accountId', 'status', 'createdPosition'],
    ['accountId', 'search[]'],
    ['accountId', 'subscribedLists[]', 'createdPosition'],
  ],
  categories: ['recipient'],
  opens: ['RecipientSubscribed', 'ProfileChanged', 'ImportChangesUndone'],
  project: (recorded) => {
    const { metadata, position, revision, stream } = recorded;
    const { event } = recorded as Recorded<RecipientEvent>;
    const { set: own, unset } = partsOf(recorded as Recorded<RecipientEvent>);
    const set: Values = membershipTurn(recorded as Recorded<RecipientEvent>);
    if (!isForgetting(event)) set['accountId'] = metadata.accountId;
    if (revision === 0) set['createdPosition'] = position;
    set['revision'] = revision;
    Object.assign(set, own);
    const id = stream.slice('recipient-'.length);
    const max = { lastChangeAt: event.data.at };
    return [{ op: 'upsert', id, set, ...(unset && { unset }), max }];
  },
  derive: deriveEntry,
};
