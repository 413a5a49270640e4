import * as fc from 'fast-check';
import {
  EVIDENCE_KEYS,
  IMPLIED_BASES,
  ORGANISATION_TYPES,
  PRIVACY_BASES,
  type ConsentGrant,
} from '#domain/consent/index';
import {
  civilDateIn,
  clear,
  ImportId,
  instantOf,
  type CivilDate,
  type Instant,
  type JsonObject,
} from '#domain/kernel/index';
import type { RecipientCommand } from '../commands.ts';
import type { ConsentProof, FieldValue, RecipientEvent } from '../events.ts';
import { aNewsletter } from '#domain/testing/sample-ids';
import { A, ADDRESS, B, EN, FR } from './examples.ts';

const C = 'list_01jd000000000000000000000c' as typeof A;
const ZONE = 'America/Toronto';

/** A value without the keys that fast-check left undefined, as JSON would keep it. */
const written = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
/** An object whose keys can be absent. */
const shape = <T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K] | undefined> }) =>
  fc.record(model as Record<string, fc.Arbitrary<unknown>>).map((value) => written(value) as T);

const from = Date.parse('2024-01-01T00:00:00Z');
const instant: fc.Arbitrary<Instant> = fc
  .integer({ min: 0, max: 3 * 365 * 24 })
  .map((hours) => instantOf(from + hours * 3_600_000));
const civilDate: fc.Arbitrary<CivilDate> = instant.map((at) => at.slice(0, 10) as CivilDate);
const listIds = fc.uniqueArray(fc.constantFrom(A, B, C), { maxLength: 3 });
const language = fc.constantFrom(FR, EN);
const jurisdiction = maybe(fc.constantFrom('CA-QC', 'CA', 'FR'));
const value: fc.Arbitrary<FieldValue> = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
);
const key = fc.constantFrom('firstName', 'city', 'age');
const values = fc.dictionary(key, value, { maxKeys: 3, noNullPrototype: true });
const changes = fc.dictionary(key, fc.option(value), { maxKeys: 3, noNullPrototype: true });
const proof: fc.Arbitrary<ConsentProof> = shape<ConsentProof>({
  method: maybe(fc.string()),
  source: maybe(fc.string()),
  reference: maybe(fc.string()),
  noRefusalChecked: maybe(fc.boolean()),
  attestedBy: maybe(fc.string()),
});
const optIn = fc.constantFrom('single', 'double');
const basis = fc.constantFrom(...IMPLIED_BASES);
/** The import that random suppressions come from. */
const SOME_IMPORT = ImportId.parse('imp_01jd000000000000000000000c');
const importId = fc.constantFrom(
  SOME_IMPORT,
  ImportId.parse('imp_01jd000000000000000000000a'),
  ImportId.parse('imp_01jd000000000000000000000b'),
);
/** A revision that exists in any history that is not empty. */
const early = fc.constant(0);
const statedFact = shape({ since: instant, revision: early, statedBy: maybe(importId) });
const membership = shape({
  since: instant,
  revision: early,
  status: fc.constantFrom('subscribed', 'unconfirmed', 'unsubscribed', 'left'),
});

type PersonalOf = { [T in RecipientEvent['type']]: Extract<RecipientEvent, { type: T }> };
type EventModel<T extends RecipientEvent['type']> = Readonly<{
  data: { [K in keyof PersonalOf[T]['data']]-?: fc.Arbitrary<unknown> };
  personal?: Readonly<Record<string, fc.Arbitrary<unknown>>>;
}>;
const models: { [T in RecipientEvent['type']]: EventModel<T> } = {
  RecipientSubscribed: {
    data: {
      listIds,
      optIn,
      language,
      jurisdiction,
      consentOnConfirmation: maybe(fc.boolean()),
      at: instant,
    },
    personal: { address: fc.constant(ADDRESS), fields: values, proof: maybe(proof) },
  },
  SubscriptionConfirmed: { data: { listIds, liftsSuppression: fc.boolean(), at: instant } },
  ListsJoined: {
    data: { listIds, optIn, consentOnConfirmation: maybe(fc.boolean()), at: instant },
    personal: { proof: maybe(proof) },
  },
  ListsLeft: { data: { listIds, at: instant } },
  ExpressConsentGiven: {
    data: {
      date: civilDate,
      timeZone: fc.constant(ZONE),
      confirmedAt: maybe(instant),
      at: instant,
    },
    personal: { proof },
  },
  ImpliedConsentRecorded: {
    data: {
      basis,
      date: civilDate,
      expiresOn: maybe(civilDate),
      timeZone: fc.constant(ZONE),
      at: instant,
    },
    personal: { proof },
  },
  ConsentSuperseded: { data: { revision: fc.nat(12), basis, at: instant } },
  ConsentExpired: { data: { revision: fc.nat(12), basis, lastDay: civilDate, at: instant } },
  ConsentClaimRejected: {
    data: {
      kind: fc.constantFrom('express', 'implied'),
      basis: maybe(basis),
      code: fc.constantFrom('evidence-missing', 'no-date'),
      missing: fc.array(fc.constantFrom('method', 'source', 'record')),
      at: instant,
    },
  },
  ConsentRequested: {
    data: {
      lastDay: civilDate,
      daysBefore: maybe(fc.constantFrom(60, 30, 7)),
      newsletterId: maybe(fc.constant(aNewsletter)),
      at: instant,
    },
  },
  ConsentRefused: { data: { date: civilDate, at: instant } },
  ConsentWithdrawn: { data: { date: civilDate, at: instant } },
  PrivacyBasisRecorded: { data: { kind: fc.constantFrom(...PRIVACY_BASES), at: instant } },
  TrackingConsentGiven: {
    data: {
      mode: fc.constantFrom('hygiene', 'individual'),
      date: civilDate,
      timeZone: fc.constant(ZONE),
      at: instant,
    },
    personal: { proof },
  },
  TrackingConsentWithdrawn: {
    data: {
      mode: fc.constantFrom('off', 'aggregate'),
      by: fc.constantFrom('person', 'client'),
      date: civilDate,
      at: instant,
    },
  },
  LanguageChanged: { data: { language, previous: language, at: instant } },
  ProfileChanged: {
    data: { keys: fc.array(key), jurisdiction, at: instant },
    personal: { fields: changes },
  },
  RecipientUnsubscribed: {
    data: {
      scope: fc.oneof(fc.constant('all'), listIds),
      date: maybe(civilDate),
      statedBy: maybe(importId),
      at: instant,
    },
    personal: { reason: maybe(fc.string()) },
  },
  RecipientReactivated: {
    data: { warningId: fc.string(), at: instant },
    personal: { reason: fc.string() },
  },
  InvalidityCleared: { data: { at: instant }, personal: { reason: fc.string() } },
  ComplaintRecorded: {
    data: {
      source: fc.constantFrom('feedback-report', 'operator'),
      date: civilDate,
      at: instant,
    },
  },
  ProcessingRestricted: { data: { at: instant }, personal: { reason: fc.string() } },
  RestrictionLifted: { data: { at: instant }, personal: { reason: fc.string() } },
  AddressInvalidated: {
    data: {
      cause: fc.constantFrom('import', 'bounce'),
      statedBy: maybe(importId),
      at: instant,
    },
  },
  ImportChangesUndone: {
    data: {
      importId,
      forgotten: maybe(fc.boolean()),
      keys: maybe(fc.array(key)),
      language: maybe(language),
      jurisdiction: maybe(fc.option(fc.constantFrom('CA-QC', 'FR'))),
      privacyBasis: maybe(
        fc.option(shape({ kind: fc.constantFrom(...PRIVACY_BASES), revision: early })),
      ),
      lists: maybe(
        fc.uniqueArray(shape({ listId: fc.constantFrom(A, B, C), membership: maybe(membership) }), {
          selector: ({ listId }) => listId,
        }),
      ),
      consentsEnded: maybe(fc.uniqueArray(fc.nat(12))),
      consentsRevived: maybe(
        fc.array(
          shape({
            consent: shape({ kind: fc.constant('express'), date: civilDate, revision: early }),
            ended: maybe(fc.constantFrom('superseded', 'expired')),
          }),
          { maxLength: 1 },
        ),
      ),
      rejectedClaims: maybe(
        fc.option(
          fc.array(
            shape({
              kind: fc.constant('express'),
              basis: maybe(basis),
              code: fc.constant('no-date'),
              missing: fc.array(fc.constant('method')),
              revision: early,
            }),
            { maxLength: 1 },
          ),
        ),
      ),
      unsubscribed: maybe(fc.option(statedFact)),
      withdrawnOn: maybe(fc.option(civilDate)),
      invalid: maybe(fc.option(statedFact)),
      confirmedRequest: maybe(fc.option(instant)),
      pending: maybe(
        fc.option(
          shape({ requestedAt: instant, listIds, givesConsent: fc.boolean(), revision: early }),
        ),
      ),
      at: instant,
    },
    personal: { fields: maybe(changes), proof: maybe(proof) },
  },
  RecipientErased: { data: { at: instant }, personal: { reason: fc.string() } },
};

/** Any event of a recipient. */
export const anyEvent: fc.Arbitrary<RecipientEvent> = fc.oneof(
  ...Object.entries(models).map(([type, { data, personal }]) =>
    fc.tuple(shape(data), personal === undefined ? fc.constant(undefined) : shape(personal)).map(
      ([facts, person]) =>
        ({
          type,
          data: facts,
          ...(person === undefined ? {} : { personal: clear(person as JsonObject) }),
        }) as unknown as RecipientEvent,
    ),
  ),
);

const grant: fc.Arbitrary<ConsentGrant> = fc.oneof(
  civilDate.map((date) => ({ kind: 'express', date }) as const),
  shape<Extract<ConsentGrant, { kind: 'implied' }>>({
    kind: fc.constant('implied'),
    basis,
    date: civilDate,
    expiresOn: maybe(civilDate),
  }),
);
/** Mostly what proves the basis, as an unproved one changes nothing. */
const evidence = fc.oneof(
  { weight: 4, arbitrary: fc.constant(new Set(EVIDENCE_KEYS)) },
  fc.uniqueArray(fc.constantFrom(...EVIDENCE_KEYS)).map((keys) => new Set(keys)),
);
const withProof = fc.record({ grant, proof: proof.map(clear), evidence });
const account = fc.record({
  timeZone: fc.constant(ZONE),
  regimes: fc.constant(['casl'] as const),
  organisationType: fc.constantFrom(...ORGANISATION_TYPES),
});
const reason = fc.string().map(clear);
const rejectedClaim = fc.constantFrom(
  { kind: 'express', code: 'consent-date-missing', missing: [] },
  { kind: 'implied', basis: 'employee', code: 'evidence-missing', missing: ['record'] },
);
const organisationType = fc.constantFrom(...ORGANISATION_TYPES);
const via = fc.constantFrom('client', 'person');
const unknown = fc.option(
  shape({
    address: fc.constant(clear(ADDRESS)),
    fields: values.map(clear),
    language,
    listIds,
    subscribedAt: instant,
    jurisdiction,
  }),
  { nil: undefined },
);

type Model = Readonly<Record<string, fc.Arbitrary<unknown>>>;
const commands: Readonly<Record<RecipientCommand['type'], Model>> = {
  Subscribe: {
    via,
    address: fc.constant(clear(ADDRESS)),
    language: maybe(language),
    defaultLanguage: language,
    fields: changes.map(clear),
    listIds,
    optIn,
    jurisdiction,
    privacyBasis: maybe(fc.constantFrom(...PRIVACY_BASES)),
    consent: maybe(withProof),
    rejectedClaim: maybe(rejectedClaim),
    organisationType,
    since: instant,
  },
  ConfirmSubscription: { requestedAt: instant },
  JoinLists: { via, listIds },
  LeaveLists: { via, listIds },
  RecordConsent: { grant, proof: proof.map(clear), evidence, organisationType },
  GiveConsent: { proof: proof.map(clear) },
  WithdrawConsent: {},
  RequestConsent: {
    account,
    daysBefore: maybe(fc.constantFrom(60, 30, 7)),
    newsletter: maybe(fc.record({ id: fc.constant(aNewsletter), withinDays: fc.nat(120) })),
  },
  RefuseConsent: {},
  ExpireConsents: {},
  GiveTrackingConsent: {
    via,
    mode: fc.constantFrom('hygiene', 'individual'),
    date: civilDate,
    proof: proof.map(clear),
    evidence,
  },
  WithdrawTrackingConsent: { via, mode: fc.constantFrom('off', 'aggregate') },
  RecordPrivacyBasis: { kind: fc.constantFrom(...PRIVACY_BASES) },
  ChangeLanguage: { language },
  ChangeProfile: { fields: changes.map(clear), jurisdiction },
  Unsubscribe: {
    scope: fc.oneof(fc.constant('all'), listIds),
    reason: maybe(fc.string().map(clear)),
    since: instant,
    statedBy: maybe(fc.constant(SOME_IMPORT)),
    unknown,
  },
  Reactivate: {
    grant,
    proof: proof.map(clear),
    evidence,
    acknowledgedWarningId: fc
      .tuple(fc.constantFrom('unsubscription', 'complaint'), fc.nat(9))
      .map(([kind, revision]) => `${kind}-v1-${revision}`),
    reason,
    organisationType,
    authority: fc.constantFrom('admin', 'member'),
  },
  ClearInvalidity: { reason },
  RecordComplaint: { source: fc.constantFrom('feedback-report', 'operator'), since: instant },
  RestrictProcessing: { reason },
  LiftRestriction: { reason },
  Erase: { reason },
  InvalidateAddress: {
    cause: fc.constantFrom('import', 'bounce'),
    since: instant,
    statedBy: maybe(fc.constant(SOME_IMPORT)),
    unknown,
  },
};

const commandsOf = (
  types: readonly RecipientCommand['type'][],
  fixed: object = {},
): fc.Arbitrary<RecipientCommand> =>
  fc.oneof(
    ...types.map((type) =>
      fc.tuple(instant, shape(commands[type])).map(
        ([now, rest]) =>
          ({
            ...rest,
            type,
            now,
            today: civilDateIn(ZONE, now),
            timeZone: ZONE,
            ...fixed,
          }) as unknown as RecipientCommand,
      ),
    ),
  );

/** Any command of anybody. */
export const anyCommand = commandsOf(Object.keys(commands) as RecipientCommand['type'][]);
/** Whatever anybody can ask for but these: the ways back that the channel matrix names. */
export const anyCommandBut = (
  ...types: readonly RecipientCommand['type'][]
): fc.Arbitrary<RecipientCommand> =>
  commandsOf(
    (Object.keys(commands) as RecipientCommand['type'][]).filter((type) => !types.includes(type)),
  );
/** Reactivation is one of the two ways back; the others are the person's, or the operator's. */
const NOT_OF_CLIENTS: readonly RecipientCommand['type'][] = [
  'Reactivate',
  'ConfirmSubscription',
  'GiveConsent',
  'ClearInvalidity',
  'LiftRestriction',
];
/** Whatever an import, an API call or a console can ask for; reactivation excepted. */
export const anyClientCommand = commandsOf(
  (Object.keys(commands) as RecipientCommand['type'][]).filter(
    (type) => !NOT_OF_CLIENTS.includes(type),
  ),
  { via: 'client' },
);
/** Whatever the person can ask for, short of confirming. */
export const anyRequestOfPerson = commandsOf(
  ['Subscribe', 'JoinLists', 'LeaveLists', 'GiveConsent', 'RefuseConsent'],
  { via: 'person' },
);
/** The row of a file: what an import can say of a person. */
export const anyRow = (importId: ImportId): fc.Arbitrary<RecipientCommand> =>
  fc.oneof(
    commandsOf(['Subscribe'], { via: 'client', optIn: 'single' }),
    commandsOf(['Unsubscribe'], { scope: 'all', statedBy: importId }),
    commandsOf(['InvalidateAddress'], { cause: 'import', statedBy: importId }),
  );
/** Whatever of what they get the person refuses on a page. */
export const anyRefusal = commandsOf(['LeaveLists', 'WithdrawConsent', 'Unsubscribe'], {
  via: 'person',
  statedBy: undefined,
  unknown: undefined,
});
export const anyListId = fc.constantFrom(A, B, C);
export const anyInstant = instant;
/** Anybody can type an address into a form. */
export const anyFormSubmission = commandsOf(['Subscribe'], { via: 'person' });
