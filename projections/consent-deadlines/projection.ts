import { endOfDayAt, lastLawfulDay, placeOf, type Consent } from '#domain/consent/index';
import type { CivilDate, JsonValue } from '#domain/kernel/index';
import type { AccountEvent } from '#domain/account/index';
import type { ImportChangesUndone, RecipientEvent } from '#domain/recipient/index';
import type { Document, Upsert } from '#libs/read-store/change';
import type { Projection } from '#libs/read-store/projection';

type Parts = Pick<Upsert, 'set' | 'unset'>;

/** What is kept of a recipient, to derive the next day from. */
type DeadlineFacts = Readonly<{
  jurisdiction?: string;
  /** Last days of implied consents that count and have an end, by revision, `r12`. */
  lastDays?: Readonly<Record<string, CivilDate>>;
}>;

const EVERY_DAY = 'lastDays';
const dayOf = (revision: number): string => `${EVERY_DAY}.r${String(revision)}`;

const recorded = (revision: number, consent: Consent): Parts => {
  const lastDay = lastLawfulDay(consent);
  return lastDay === undefined ? {} : { set: { [dayOf(revision)]: lastDay } };
};

const located = (jurisdiction: string | undefined): Parts =>
  jurisdiction === undefined ? {} : { set: { jurisdiction } };

const importUndone = ({ data }: ImportChangesUndone): Parts => {
  const { consentsEnded = [], consentsRevived = [], jurisdiction } = data;
  const set: Record<string, JsonValue> = {};
  const unset = new Set(consentsEnded.map(dayOf));
  for (const { consent, ended } of consentsRevived) {
    const lastDay = lastLawfulDay(consent);
    const isOpen = ended === undefined && lastDay !== undefined;
    if (!isOpen) unset.add(dayOf(consent.revision));
    else {
      unset.delete(dayOf(consent.revision));
      set[dayOf(consent.revision)] = lastDay;
    }
  }
  if (jurisdiction === null) unset.add('jurisdiction');
  else if (jurisdiction !== undefined) set['jurisdiction'] = jurisdiction;
  return { set, unset: [...unset] };
};

const ALL_GONE: Parts = { unset: [EVERY_DAY] };

const recipientParts = (event: RecipientEvent, revision: number): Parts => {
  switch (event.type) {
    case 'RecipientSubscribed':
    case 'ProfileChanged':
      return located(event.data.jurisdiction);
    case 'ImpliedConsentRecorded': {
      const { basis, date, expiresOn } = event.data;
      const end = expiresOn === undefined ? {} : { expiresOn };
      return recorded(revision, { kind: 'implied', basis, date, ...end, revision });
    }
    case 'ConsentSuperseded':
    case 'ConsentExpired':
      return { unset: [dayOf(event.data.revision)] };
    case 'ConsentWithdrawn':
    case 'ComplaintRecorded':
    case 'InvalidityCleared':
      return ALL_GONE;
    case 'RecipientUnsubscribed':
      return event.data.scope === 'all' ? ALL_GONE : {};
    case 'ImportChangesUndone':
      return importUndone(event);
    case 'RecipientErased':
      return { unset: [EVERY_DAY, 'jurisdiction'] };
    default:
      return {};
  }
};

/** The terms stay in the account's stream; here stands only that they changed. */
const accountParts = (event: AccountEvent): Parts =>
  event.type === 'AccountContactsChanged' ? {} : { set: { kind: 'account' } };

const isChange = ({ set = {}, unset = [] }: Parts): boolean =>
  Object.keys(set).length > 0 || unset.length > 0;

const nextDayOf = ({ lastDays = {} }: DeadlineFacts): CivilDate | undefined =>
  Object.values(lastDays).toSorted()[0];

/**
 * Whose implied consents have an end that is not on record yet, and when the next of them comes: one
 * document a recipient, without personal data, and one an account, so that a change of its terms shows.
 * Asked by the consent clock. Whether a consent has lapsed is the recipient's own stream to say.
 */
export const consentDeadlines: Projection = {
  name: 'consent-deadlines',
  // Raise it when `lastLawfulDay` gives other days, or zones change.
  version: 1,
  indexes: [['accountId', 'nextDay'], ['accountId', 'endsAt'], ['changedPosition'], ['kind']],
  categories: ['account', 'recipient'],
  project: ({ event, metadata, position, revision, stream }) => {
    const isAccount = stream.startsWith('account-');
    const parts = isAccount
      ? accountParts(event as AccountEvent)
      : recipientParts(event as RecipientEvent, revision);
    if (!isChange(parts)) return [];
    const id = stream.slice(stream.indexOf('-') + 1);
    const accountId = isAccount ? id : metadata.accountId;
    const set = { accountId, changedPosition: position, ...parts.set };
    return [{ op: 'upsert', id, ...parts, set }];
  },
  derive: (document: Document) => {
    const facts = document as unknown as DeadlineFacts;
    const nextDay = nextDayOf(facts);
    const place = placeOf(facts.jurisdiction);
    return {
      nextDay,
      endsAt: nextDay === undefined ? undefined : endOfDayAt(place, nextDay),
    };
  },
};
