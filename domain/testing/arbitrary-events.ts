import fc from 'fast-check';
import type { AccountEvent, ConsentRequests } from '#domain/account/index';
import { SCOPES, type ApiKeyEvent } from '#domain/api-key/index';
import type { CampaignEvent } from '#domain/campaign/index';
import { ORGANISATION_TYPES, REGIMES } from '#domain/consent/index';
import type { DeliveryContent, DeliveryEvent } from '#domain/delivery/index';
import { FIELD_TYPES, type FieldEvent } from '#domain/field/index';
import type { FormEvent } from '#domain/form/index';
import { IMPORT_FORMATS, type ImportEvent } from '#domain/import/index';
import {
  clear,
  instantOf,
  SHREDDED,
  type AnyEvent,
  type CivilDate,
  type JsonObject,
  type Language,
  type Personal,
} from '#domain/kernel/index';
import type { ListEvent } from '#domain/list/index';
import type { NewsletterBody, NewsletterEvent } from '#domain/newsletter/index';
import type { StatementEvent } from '#domain/statement/index';
import type { WordingEvent } from '#domain/wording/index';
import * as sample from './sample-ids.ts';

type DataOf<E extends AnyEvent, T extends E['type']> = Extract<E, { readonly type: T }>['data'];
type PersonalPart<E> = E extends { readonly personal: Personal<infer P> } ? P : never;

/** Any event of one type without a personal part. */
const fact = <E extends AnyEvent, T extends E['type']>(
  type: T,
  data: fc.Arbitrary<DataOf<E, T>>,
): fc.Arbitrary<E> => data.map((value) => ({ type, data: value }) as unknown as E);

/** Any event of one type about a person; now and then one whose key was destroyed. */
const personalFact = <E extends AnyEvent, T extends E['type']>(
  type: T,
  data: fc.Arbitrary<DataOf<E, T>>,
  personal: fc.Arbitrary<PersonalPart<Extract<E, { readonly type: T }>>>,
): fc.Arbitrary<E> =>
  fc.tuple(data, fc.option(personal, { nil: SHREDDED, freq: 5 })).map(
    ([value, part]) =>
      ({
        type,
        data: value,
        personal: part === SHREDDED ? SHREDDED : clear(part),
      }) as unknown as E,
  );

/** Any object with these values, where those in `needed` are always there. */
const some = <T extends object>(
  fields: { readonly [P in keyof T]-?: fc.Arbitrary<NonNullable<T[P]>> },
  ...needed: (keyof T & string)[]
): fc.Arbitrary<T> =>
  fc.record(fields, {
    requiredKeys: needed,
    noNullPrototype: true,
  }) as unknown as fc.Arbitrary<T>;
const all = <T extends object>(fields: {
  readonly [P in keyof T]-?: fc.Arbitrary<NonNullable<T[P]>>;
}): fc.Arbitrary<T> => some<T>(fields, ...(Object.keys(fields) as (keyof T & string)[]));

const one = fc.constant;
const of = fc.constantFrom;
const words = fc.string({ unit: 'grapheme', maxLength: 12 });
const flag = fc.boolean();
const count = fc.nat(1000);
const language = of('fr', 'en', 'fr-CA') as fc.Arbitrary<Language>;
const texts = fc.dictionary(language, words, { noNullPrototype: true });
const instant = fc.nat(4_000_000_000_000).map(instantOf);
const day = of('2026-11-23', '2028-02-29') as fc.Arbitrary<CivilDate>;
const hash = of(sample.aHash, sample.anotherHash);
const listIds = fc.array(of(sample.news, sample.events), { maxLength: 3 });
const accountId = of(sample.anAccount, sample.anotherAccount);
const at = all({ at: instant });

const terms = {
  name: words,
  timeZone: of('America/Toronto', 'Europe/Paris'),
  languages: fc.array(language, { maxLength: 2 }),
  regimes: fc.array(of(...REGIMES), { maxLength: 2 }),
  organisationType: of(...ORGANISATION_TYPES),
  consentRequests: some<ConsentRequests>(
    {
      wordingId: one(sample.aWording),
      daysBefore: fc.array(fc.integer({ min: 1, max: 365 }), { maxLength: 3 }),
      blockFromDays: fc.integer({ min: 0, max: 365 }),
    },
    'daysBefore',
    'blockFromDays',
  ),
};
const sender = some<SenderShape>(
  {
    name: words,
    email: words,
    postalAddress: words,
    phone: words,
    contactEmail: words,
    web: words,
    onBehalfOf: words,
  },
  'name',
  'email',
  'postalAddress',
);
type SenderShape = PersonalPart<AccountEvent>['sender'] & object;
const contacts = { sender, privacyOfficer: all({ title: words, email: words }) };

export const anyAccountEvent: fc.Arbitrary<AccountEvent> = fc.oneof(
  personalFact<AccountEvent, 'AccountOpened'>(
    'AccountOpened',
    some(terms, 'name', 'timeZone', 'languages', 'regimes', 'organisationType'),
    all(contacts),
  ),
  fact<AccountEvent, 'AccountTermsChanged'>('AccountTermsChanged', some(terms)),
  personalFact<AccountEvent, 'AccountContactsChanged'>(
    'AccountContactsChanged',
    all({ changed: fc.subarray(['sender', 'privacyOfficer'] as const) }),
    some(contacts),
  ),
);

export const anyApiKeyEvent: fc.Arbitrary<ApiKeyEvent> = fc.oneof(
  fact<ApiKeyEvent, 'ApiKeyIssued'>(
    'ApiKeyIssued',
    all({ accountId, name: words, scopes: fc.array(of('*', ...SCOPES)), secretHash: hash }),
  ),
  fact<ApiKeyEvent, 'ApiKeyRevoked'>('ApiKeyRevoked', one({})),
);

const listTerms = { name: texts, description: texts, visible: flag };
export const anyListEvent: fc.Arbitrary<ListEvent> = fc.oneof(
  fact<ListEvent, 'ListCreated'>(
    'ListCreated',
    some({ accountId, ...listTerms }, 'accountId', 'name', 'visible'),
  ),
  fact<ListEvent, 'ListChanged'>('ListChanged', some(listTerms)),
);

export const anyFieldEvent: fc.Arbitrary<FieldEvent> = fact<FieldEvent, 'FieldDefined'>(
  'FieldDefined',
  some(
    {
      key: of('firstName', 'constructor', 'seat'),
      type: of(...FIELD_TYPES),
      label: texts,
      hidden: flag,
      sensitive: flag,
      choices: fc.array(words),
    },
    'key',
    'type',
    'label',
    'hidden',
    'sensitive',
  ),
);

const wordingVersion = { version: count, texts, hash };
export const anyWordingEvent: fc.Arbitrary<WordingEvent> = fc.oneof(
  fact<WordingEvent, 'WordingCreated'>(
    'WordingCreated',
    all({ accountId, purpose: fc.oneof(words, texts), ...wordingVersion }),
  ),
  fact<WordingEvent, 'WordingVersionAdded'>('WordingVersionAdded', all(wordingVersion)),
);

export const anyStatementEvent: fc.Arbitrary<StatementEvent> = personalFact<
  StatementEvent,
  'ConsentStatementShown'
>(
  'ConsentStatementShown',
  all({ accountId, wordingId: one(sample.aWording), version: count, language, hash }),
  all({ text: words }),
);

const formTerms = {
  name: words,
  title: texts,
  introduction: texts,
  listIds,
  chooseLists: flag,
  fields: fc.array(
    some<{ key: string; required: boolean; hidden: boolean; value?: string }>(
      { key: words, required: flag, hidden: flag, value: words },
      'key',
      'required',
      'hidden',
    ),
    { maxLength: 2 },
  ),
  wordingId: one(sample.aWording),
  optIn: of('single', 'double'),
  welcome: some<FormTermsWelcome>({ enabled: flag, subject: texts, text: texts }, 'enabled'),
};
type FormTermsWelcome = DataOf<FormEvent, 'FormCreated'>['welcome'];
export const anyFormEvent: fc.Arbitrary<FormEvent> = fc.oneof(
  fact<FormEvent, 'FormCreated'>('FormCreated', all({ accountId, ...formTerms })),
  fact<FormEvent, 'FormChanged'>('FormChanged', some(formTerms)),
);

const body: fc.Arbitrary<NewsletterBody> = fc.oneof(
  all({ kind: one('mjml' as const), mjml: words }),
  all({ kind: one('html' as const), html: words }),
);
export const anyNewsletterEvent: fc.Arbitrary<NewsletterEvent> = fc.oneof(
  fact<NewsletterEvent, 'NewsletterCreated'>(
    'NewsletterCreated',
    some({ accountId, name: words, subject: texts }, 'accountId', 'name'),
  ),
  fact<NewsletterEvent, 'NewsletterVersionSet'>(
    'NewsletterVersionSet',
    some(
      { language, subject: words, preheader: words, body, text: words, hash },
      'language',
      'subject',
      'body',
      'hash',
    ),
  ),
);

export const anyCampaignEvent: fc.Arbitrary<CampaignEvent> = fc.oneof(
  fact<CampaignEvent, 'CampaignDrafted'>(
    'CampaignDrafted',
    all({ accountId, newsletterId: one(sample.aNewsletter), audience: all({ listIds }) }),
  ),
  fact<CampaignEvent, 'CampaignScheduled'>('CampaignScheduled', all({ startAt: instant })),
  fact<CampaignEvent, 'CampaignAudiencePlanned'>(
    'CampaignAudiencePlanned',
    all({ audience: count, at: instant }),
  ),
  fact<CampaignEvent, 'CampaignPaused'>(
    'CampaignPaused',
    all({ at: instant, cause: of('asked', 'check-failed') }),
  ),
  ...(
    ['CampaignStarted', 'CampaignResumed', 'CampaignCancelled', 'CampaignCompleted'] as const
  ).map((type) => fact<CampaignEvent, typeof type>(type, at)),
);

const content: fc.Arbitrary<DeliveryContent> = fc.oneof(
  all({
    kind: one('newsletter' as const),
    newsletterId: one(sample.aNewsletter),
    campaignId: of(sample.aCampaign, sample.anotherCampaign),
  }),
  all({
    kind: of('confirmation' as const, 'welcome' as const),
    formId: one(sample.aForm),
    requestedAt: instant,
  }),
  all({
    kind: of('consent-request' as const, 'return-confirmation' as const),
    wordingId: one(sample.aWording),
    requestedAt: instant,
  }),
);
const whose = { accountId, recipientId: one(sample.aRecipient) };
const reply = all({ reply: words, at: instant });
export const anyDeliveryEvent: fc.Arbitrary<DeliveryEvent> = fc.oneof(
  fact<DeliveryEvent, 'DeliveryPlanned'>(
    'DeliveryPlanned',
    all({ ...whose, content, listIds, at: instant }),
  ),
  fact<DeliveryEvent, 'DeliverySkipped'>(
    'DeliverySkipped',
    some(
      { ...whose, content, reason: words, besideAnother: flag, at: instant },
      'accountId',
      'recipientId',
      'content',
      'reason',
      'at',
    ),
  ),
  fact<DeliveryEvent, 'DeliveryAttempted'>(
    'DeliveryAttempted',
    some(
      {
        attempt: count,
        messageId: words,
        language,
        basis: words,
        lastDay: day,
        contentHash: words,
        claimant: words,
        at: instant,
      },
      'attempt',
      'messageId',
      'language',
      'basis',
      'claimant',
      'at',
    ),
  ),
  fact<DeliveryEvent, 'DeliveryAccepted'>('DeliveryAccepted', reply),
  fact<DeliveryEvent, 'DeliveryRefused'>('DeliveryRefused', reply),
  fact<DeliveryEvent, 'DeliveryDeferred'>(
    'DeliveryDeferred',
    all({ reply: words, retryAt: instant, at: instant }),
  ),
  fact<DeliveryEvent, 'DeliveryUncertain'>('DeliveryUncertain', all({ cause: words, at: instant })),
);

const codes = fc.dictionary(fc.nat(9).map(String), words, { noNullPrototype: true });
// Through JSON once, which has no -0.
const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const mapping = fc.dictionary(words, json, {
  noNullPrototype: true,
}) as unknown as fc.Arbitrary<JsonObject>;
export const anyImportEvent: fc.Arbitrary<ImportEvent> = fc.oneof(
  personalFact<ImportEvent, 'ImportQueued'>(
    'ImportQueued',
    all({ accountId, format: of(...IMPORT_FORMATS), bytes: count, dryRun: flag, at: instant }),
    all({ mapping }),
  ),
  fact<ImportEvent, 'ImportStarted'>(
    'ImportStarted',
    all({ unmapped: fc.array(words), at: instant }),
  ),
  fact<ImportEvent, 'ImportRowsProcessed'>(
    'ImportRowsProcessed',
    all({
      from: count,
      to: count,
      outcomes: fc.string({ unit: of('c', 'u', 'n', 'r') }),
      recipientIds: fc.array(of(sample.aRecipient, null)),
      codes,
      at: instant,
    }),
  ),
  fact<ImportEvent, 'ImportRowsUndone'>(
    'ImportRowsUndone',
    all({
      from: count,
      to: count,
      compensated: fc.array(one(sample.aRecipient)),
      left: fc.array(
        all({
          recipientId: one(sample.aRecipient),
          what: words,
          why: of('changed-since' as const, 'erased' as const),
        }),
      ),
      sentSince: fc.array(one(sample.aRecipient)),
      at: instant,
    }),
  ),
  ...(['ImportUndoRequested', 'ImportUndone'] as const).map((type) =>
    fact<ImportEvent, typeof type>(type, at),
  ),
  fact<ImportEvent, 'ImportCompleted'>('ImportCompleted', all({ rows: count, at: instant })),
  fact<ImportEvent, 'ImportFailed'>(
    'ImportFailed',
    some({ code: words, message: words, row: count, at: instant }, 'code', 'message', 'at'),
  ),
);
