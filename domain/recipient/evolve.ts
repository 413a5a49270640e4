import type { Fact } from '#domain/consent/index';
import { assertNever } from '#domain/kernel/index';
import type { RecipientEvent } from './events.ts';
import {
  claimRejected,
  expired,
  requested,
  superseded,
  withConsent,
  withdrawn,
} from './evolve-consents.ts';
import {
  complained,
  erased,
  invalidated,
  listsLeft,
  reactivated,
  restrictionLifted,
  unsubscribed,
  validAgain,
} from './evolve-leaving.ts';
import { confirmed, listsJoined, subscribed } from './evolve-joining.ts';
import { profileChanged } from './evolve-profile.ts';
import { importUndone } from './evolve-undo.ts';
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
    case 'ConsentSuperseded':
      return superseded(state, event.data);
    case 'ConsentExpired':
      return expired(state, event.data);
    case 'ConsentClaimRejected':
      return claimRejected(state, event.data, fact);
    case 'ConsentRequested':
      return requested(state, event.data, fact);
    case 'ConsentRefused':
      return { ...state, refused: state.refused ?? fact };
    case 'ConsentWithdrawn':
      return withdrawn(state, event.data.date);
    case 'PrivacyBasisRecorded':
      return { ...state, privacyBasis: { kind: event.data.kind, revision: fact.revision } };
    case 'TrackingConsentGiven':
      return { ...state, tracking: event.data.mode };
    case 'TrackingConsentWithdrawn': {
      const { mode, by, date } = event.data;
      return { ...state, tracking: mode, trackingWithdrawn: { on: date, by } };
    }
    case 'LanguageChanged':
      return { ...state, language: event.data.language };
    case 'ProfileChanged':
      return profileChanged(state, event);
    case 'RecipientUnsubscribed':
      return unsubscribed(state, event, fact);
    case 'RecipientReactivated':
      return reactivated(state, event, fact);
    case 'AddressInvalidated':
      return invalidated(state, event, fact);
    case 'InvalidityCleared':
      return validAgain(state);
    case 'ComplaintRecorded':
      return complained(state, event, fact);
    case 'ProcessingRestricted':
      return { ...state, restricted: state.restricted ?? fact };
    case 'RestrictionLifted':
      return restrictionLifted(state);
    case 'ImportChangesUndone':
      return importUndone(state, event);
    case 'RecipientErased':
      return erased(state, fact);
    default:
      return assertNever(event);
  }
};
