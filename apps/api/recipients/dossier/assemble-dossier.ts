import { accountStream } from '#domain/account/index';
import { civilDateIn } from '#domain/kernel/index';
import { recipientStream, type RecipientEvent } from '#domain/recipient/index';
import { accountView } from '../../accounts/account-view.ts';
import { unknown } from '../../http/problem.ts';
import { folded } from '../../streams.ts';
import { decideAt } from '../explain/decide-at.ts';
import { explained } from '../explain/explained.ts';
import { recipientView } from '../recipient-view.ts';
import type {
  DossierAnswer,
  DossierCountsAnswer,
  DossierMembershipAnswer,
} from './dto/dossier.dto.ts';
import { consentEntries } from './entries/consent-entries.ts';
import { factEntry } from './entries/event-entry.ts';
import { messageEntries } from './entries/message-entries.ts';
import { unsubscriptionEntries } from './entries/unsubscription-entries.ts';
import type { Material } from './material.ts';

type Types = ReadonlySet<RecipientEvent['type']>;

const AROUND_CONSENT: Types = new Set([
  'RecipientSubscribed',
  'ListsJoined',
  'SubscriptionConfirmed',
  'ConsentRequested',
  'ConsentRefused',
  'ConsentWithdrawn',
  'ConsentSuperseded',
  'ConsentExpired',
  'ConsentClaimRejected',
  'RecipientReactivated',
  'AddressInvalidated',
  'InvalidityCleared',
  'ProcessingRestricted',
  'RestrictionLifted',
  'ImportChangesUndone',
]);
const TRACKING: Types = new Set(['TrackingConsentGiven', 'TrackingConsentWithdrawn']);
const ERASURE: Types = new Set(['RecipientErased']);

/** An import that is undone takes back the privacy basis that it brought. */
const isAboutPrivacy = (event: RecipientEvent): boolean =>
  event.type === 'PrivacyBasisRecorded' ||
  (event.type === 'ImportChangesUndone' && event.data.privacyBasis !== undefined);

/** A dossier but for the position, which is sealed for whoever asks. */
export type Dossier = Omit<DossierAnswer, 'position'>;

/** Puts a dossier together; nothing is read and nothing decided that the ledger does not hold (C-29). */
export const assembleDossier = (material: Material): Dossier => {
  const { scope, history, meanings } = material;
  const { accountId, recipientId, now } = scope;
  const account = folded(accountStream, accountId, material.account);
  if (account.state.status === 'none') throw unknown('account');
  const { terms } = account.state;
  const message = { class: 'commercial', listIds: [] } as const;
  const { decision, recipient, known } = decideAt(history, { at: now, now, terms, message });
  const factsThat = (isOne: (event: RecipientEvent) => boolean) =>
    history.filter(({ event }) => isOne(event)).map((recorded) => factEntry(recorded, meanings));
  const facts = (types: Types) => factsThat(({ type }) => types.has(type));
  const parts = {
    consents: consentEntries(material, civilDateIn(terms.timeZone, now)),
    unsubscriptions: unsubscriptionEntries(material),
    messages: messageEntries(material),
    events: history.map((recorded) => factEntry(recorded, meanings)),
  };
  return {
    format: 'attesta-consent-dossier/1',
    asOf: now,
    counts: countsOf(parts),
    recipient: recipientView(recipientId, recipient),
    account: accountView(accountId, account.state, account.revision),
    permission: explained(decision, known),
    lists: membershipsOf(material),
    ...parts,
    aroundConsent: facts(AROUND_CONSENT),
    privacyBases: factsThat(isAboutPrivacy),
    tracking: facts(TRACKING),
    erasures: facts(ERASURE),
  };
};

const countsOf = ({
  consents,
  unsubscriptions,
  messages,
  events,
}: Pick<Dossier, 'consents' | 'unsubscriptions' | 'messages' | 'events'>): DossierCountsAnswer => ({
  consents: consents.length,
  unsubscriptions: unsubscriptions.length,
  sent: messages.filter(({ status }) => status === 'sent').length,
  skipped: messages.filter(({ status }) => status === 'skipped').length,
  messages: messages.length,
  events: events.length,
});

const membershipsOf = ({ scope, history, meanings }: Material): DossierMembershipAnswer[] => {
  const { state } = folded(recipientStream, scope.recipientId, history);
  return [...state.lists].map(([listId, { status, since, revision }]) => {
    const name = meanings.lists.get(listId);
    const eventId = history[revision]?.id;
    return {
      listId,
      ...(name !== undefined && { name: { ...name } }),
      status,
      since,
      ...(eventId !== undefined && { eventId }),
    };
  });
};
