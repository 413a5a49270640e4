import type { Consent, Fact } from '#domain/consent/index';
import { assertNever } from '#domain/kernel/index';
import type { RecipientEvent } from './events.ts';
import { erased, listsLeft, reactivated, unsubscribed } from './evolve-leaving.ts';
import { confirmed, listsJoined, subscribed } from './evolve-joining.ts';
import { profileChanged } from './evolve-profile.ts';
import type { Recipient } from './state.ts';

/**
 * Folds one event in. Total: any event in any state, since a history is read as it was written. Each fact
 * keeps the revision of the event that says so, so that a decision can name what it rests on.
 */
export const evolve = (before: Recipient, event: RecipientEvent): Recipient => {
  const { at } = event.data;
  const fact: Fact = { since: at, revision: before.revision + 1 };
  const state: Recipient = {
    ...before,
    revision: fact.revision,
    lastChangeAt:
      before.lastChangeAt !== undefined && before.lastChangeAt > at ? before.lastChangeAt : at,
  };
  switch (event.type) {
    case 'RecipientSubscribed':
      return subscribed(state, event, fact);
    case 'SubscriptionConfirmed':
      return confirmed(state, event, fact);
    case 'ListsJoined':
      return listsJoined(state, event, fact);
    case 'ListsLeft':
      return listsLeft(state, event, fact);
    case 'ExpressConsentGiven':
      return withConsent(state, {
        kind: 'express',
        date: event.data.date,
        revision: fact.revision,
      });
    case 'ImpliedConsentRecorded': {
      const { basis, date, expiresOn } = event.data;
      return withConsent(state, {
        kind: 'implied',
        basis,
        date,
        ...(expiresOn === undefined ? {} : { expiresOn }),
        revision: fact.revision,
      });
    }
    case 'ConsentWithdrawn':
      return withdrawn(state, event.data.date);
    case 'PrivacyBasisRecorded':
      return { ...state, privacyBasis: { kind: event.data.kind, revision: fact.revision } };
    case 'LanguageChanged':
      return { ...state, language: event.data.language };
    case 'ProfileChanged':
      return profileChanged(state, event);
    case 'RecipientUnsubscribed':
      return unsubscribed(state, event, fact);
    case 'RecipientReactivated':
      return reactivated(state, event, fact);
    case 'AddressInvalidated':
      return state.invalid === undefined ? { ...state, invalid: fact } : state;
    case 'RecipientErased':
      return erased(state, fact);
    default:
      return assertNever(event);
  }
};

const withConsent = (state: Recipient, consent: Consent): Recipient => ({
  ...state,
  consents: [...state.consents, consent],
});

const withdrawn = (state: Recipient, date: Recipient['withdrawnOn'] & string): Recipient => ({
  ...state,
  consents: [],
  withdrawnOn:
    state.withdrawnOn !== undefined && state.withdrawnOn > date ? state.withdrawnOn : date,
});
