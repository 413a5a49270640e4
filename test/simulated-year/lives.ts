import type { ConsentGrant, ImpliedBasis, OrganisationType } from '#domain/consent/index';
import {
  clear,
  millisecondsOf,
  plusDays,
  type CivilDate,
  type Language,
  type ListId,
} from '#domain/kernel/index';
import {
  reactivationWarning,
  type GrantWithProof,
  type Recipient,
  type RecipientCommand,
} from '#domain/recipient/index';
import type { Random } from './random.ts';

const DAY = 24 * 3_600_000;

/** The setting in which something happens to a person. */
export type Moment = Readonly<{
  now: RecipientCommand['now'];
  today: CivilDate;
  timeZone: string;
  organisationType: OrganisationType;
  listIds: readonly ListId[];
  random: Random;
}>;

const JURISDICTIONS = ['CA-QC', 'CA-ON', 'CA', 'US-CA', 'FR', 'DE', 'GB', 'BR'];
const BASES: readonly ImpliedBasis[] = ['purchase', 'inquiry', 'contract', 'ongoing-account'];
const PRIVACY_BASES = ['express', 'informed-at-collection', 'business-contact'] as const;
const LANGUAGES: readonly Language[] = ['fr' as Language, 'en' as Language];

const at = ({ now, today, timeZone }: Moment) => ({ now, today, timeZone });

const EVIDENCE = ['method', 'source', 'reference', 'wordingId'] as const;

const grantWithProof = ({ random, today }: Moment, kind: ConsentGrant['kind']): GrantWithProof => {
  const date = plusDays(today, -random.below(random.isLikely(0.3) ? 700 : 3));
  const proof = { method: 'web form', source: 'shop', reference: `record ${random.below(9_999)}` };
  return {
    grant: kind === 'express' ? { kind, date } : impliedGrant(random, date),
    proof: clear(proof),
    evidence: new Set(EVIDENCE),
  };
};

const impliedGrant = (random: Random, date: CivilDate): ConsentGrant => ({
  kind: 'implied',
  basis: random.pick(BASES),
  date,
  ...(random.isLikely(0.2) && { expiresOn: plusDays(date, 30 + random.below(120)) }),
});

const someLists = ({ random, listIds }: Moment): readonly ListId[] =>
  listIds.filter((_, index) => random.isLikely(index === 0 ? 0.8 : 0.3));

/** How a person comes in: a form, a shop, a letter, a file. */
export const joining = (address: string, moment: Moment): RecipientCommand => {
  const { random, organisationType } = moment;
  const how = random.weighted([
    [3, 'double'],
    [2, 'single'],
    [3, 'implied'],
    [2, 'express'],
    [1, 'without'],
  ] as const);
  const isForm = how === 'double' || how === 'single';
  const jurisdiction = random.isLikely(0.2) ? undefined : random.pick(JURISDICTIONS);
  return {
    type: 'Subscribe',
    ...at(moment),
    via: isForm ? 'person' : 'client',
    optIn: how === 'double' ? 'double' : 'single',
    address: clear(address),
    language: random.pick(LANGUAGES),
    defaultLanguage: 'fr' as Language,
    fields: clear({}),
    listIds: someLists(moment),
    organisationType,
    since: moment.now,
    ...(jurisdiction !== undefined && { jurisdiction }),
    ...(random.isLikely(0.6) && { privacyBasis: random.pick(PRIVACY_BASES) }),
    ...(how !== 'without' && {
      consent: grantWithProof(moment, how === 'implied' ? 'implied' : 'express'),
    }),
  };
};

type Happening = (moment: Moment) => RecipientCommand;

const asked = () => clear('asked for');

/** What happens to people who are known, and how often. */
const HAPPENINGS: readonly (readonly [weight: number, happening: Happening])[] = [
  [5, (moment) => recordConsent(moment, 'implied')],
  [2, (moment) => recordConsent(moment, 'express')],
  [1, (moment) => ({ ...at(moment), type: 'WithdrawConsent' })],
  [1, (moment) => ({ ...at(moment), type: 'ExpireConsents' })],
  [2, (moment) => leave(moment, 'all')],
  [2, (moment) => leave(moment, [moment.random.pick(moment.listIds)])],
  [2, (moment) => changeLists(moment, 'JoinLists')],
  [1, (moment) => changeLists(moment, 'LeaveLists')],
  [1, (moment) => changeLanguage(moment)],
  [1, (moment) => move(moment)],
  [1, (moment) => recordPrivacyBasis(moment)],
  [0.4, (moment) => bounce(moment)],
  [0.4, (moment) => complain(moment)],
  [0.4, (moment) => ({ ...at(moment), type: 'RestrictProcessing', reason: asked() })],
  [0.4, (moment) => ({ ...at(moment), type: 'LiftRestriction', reason: asked() })],
  [0.6, (moment) => ({ ...at(moment), type: 'Erase', reason: asked() })],
];

const bounce = (moment: Moment): RecipientCommand => ({
  ...at(moment),
  type: 'InvalidateAddress',
  cause: 'bounce',
  since: moment.now,
});

const complain = (moment: Moment): RecipientCommand => ({
  ...at(moment),
  type: 'RecordComplaint',
  source: 'operator',
  since: moment.now,
});

const changeLists = (moment: Moment, type: 'JoinLists' | 'LeaveLists'): RecipientCommand => ({
  ...at(moment),
  type,
  via: 'client',
  listIds: someLists(moment),
});

const changeLanguage = (moment: Moment): RecipientCommand => ({
  ...at(moment),
  type: 'ChangeLanguage',
  language: moment.random.pick(LANGUAGES),
});

const recordPrivacyBasis = (moment: Moment): RecipientCommand => ({
  ...at(moment),
  type: 'RecordPrivacyBasis',
  kind: moment.random.pick(PRIVACY_BASES),
});

const recordConsent = (moment: Moment, kind: ConsentGrant['kind']): RecipientCommand => ({
  type: 'RecordConsent',
  ...at(moment),
  ...grantWithProof(moment, kind),
  organisationType: moment.organisationType,
});

const leave = (moment: Moment, scope: 'all' | readonly ListId[]): RecipientCommand => ({
  type: 'Unsubscribe',
  ...at(moment),
  scope,
  since: moment.now,
});

const move = (moment: Moment): RecipientCommand => ({
  type: 'ChangeProfile',
  ...at(moment),
  fields: clear({}),
  jurisdiction: moment.random.pick(['CA-QC', 'CA-ON', 'FR', 'US-CA']),
});

const reactivate = (person: Recipient, moment: Moment): RecipientCommand => ({
  type: 'Reactivate',
  ...at(moment),
  ...grantWithProof(moment, 'express'),
  authority: 'admin',
  acknowledgedWarningId: reactivationWarning(person).warningId,
  reason: clear('asked for by phone'),
  organisationType: moment.organisationType,
});

/** Somebody whose link to confirm still works. */
export const mayConfirm = ({ pending }: Recipient, { now }: Moment): boolean =>
  pending !== undefined && millisecondsOf(now) - millisecondsOf(pending.requestedAt) < 6 * DAY;

/** What happens next to a person who is known. */
export const happening = (address: string, person: Recipient, moment: Moment): RecipientCommand => {
  const { random } = moment;
  if (mayConfirm(person, moment) && person.pending !== undefined && random.isLikely(0.8)) {
    const { requestedAt } = person.pending;
    return { type: 'ConfirmSubscription', ...at(moment), requestedAt };
  }
  if (person.unsubscribed !== undefined && random.isLikely(0.3)) return reactivate(person, moment);
  const isAway = person.erased !== undefined || person.unsubscribed !== undefined;
  if (isAway && random.isLikely(0.5)) return joining(address, moment);
  return random.weighted(HAPPENINGS)(moment);
};
