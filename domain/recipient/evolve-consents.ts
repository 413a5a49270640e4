import type { Consent, Fact } from '#domain/consent/index';
import type { CivilDate } from '#domain/kernel/index';
import type {
  ConsentClaimRejected,
  ConsentExpired,
  ConsentRequested,
  ConsentSuperseded,
} from './events.ts';
import { ownAct } from './evolve-leaving.ts';
import type { Recipient } from './state.ts';

/** What a claim lacked no longer matters once a consent is there. */
export const withConsent = (
  { rejectedClaims: _rejected, ...state }: Recipient,
  consent: Consent,
): Recipient => ({ ...state, consents: [...state.consents, consent] });

export const withdrawn = (state: Recipient, date: CivilDate): Recipient => ({
  ...state,
  ...(state.unsubscribed !== undefined && { unsubscribed: ownAct(state.unsubscribed) }),
  consents: [],
  ended: new Map(),
  withdrawnOn:
    state.withdrawnOn !== undefined && state.withdrawnOn > date ? state.withdrawnOn : date,
});

/**
 * A consent that a later event renewed still counts for its own time: the new one begins the day after
 * (C-12, C-14). One that was recorded anew for the same day was corrected, and is gone.
 */
export const superseded = (
  state: Recipient,
  { revision, basis }: ConsentSuperseded['data'],
): Recipient => {
  const before = state.consents.find((consent) => consent.revision === revision);
  if (before === undefined) return state;
  const isCorrected = state.consents.some(
    (consent) =>
      consent.revision > revision &&
      consent.kind === 'implied' &&
      consent.basis === basis &&
      consent.date === before.date,
  );
  return isCorrected
    ? { ...state, consents: state.consents.filter((consent) => consent !== before) }
    : { ...state, ended: new Map(state.ended).set(revision, 'superseded') };
};

/** Kept among the consents, so that a decision can say which one lapsed, and when. */
export const expired = (state: Recipient, { revision }: ConsentExpired['data']): Recipient => ({
  ...state,
  ended: new Map(state.ended).set(revision, 'expired'),
});

/** Of several claims of the same kind and basis the last one counts. */
export const claimRejected = (
  state: Recipient,
  { at: _at, ...claim }: ConsentClaimRejected['data'],
  { revision }: Fact,
): Recipient => ({
  ...state,
  rejectedClaims: [
    ...(state.rejectedClaims ?? []).filter(
      ({ kind, basis }) => kind !== claim.kind || basis !== claim.basis,
    ),
    { ...claim, revision },
  ],
});

/** What went out by itself is kept apart from what a newsletter carried: each has its own turn (C-16). */
export const requested = (
  state: Recipient,
  { lastDay, daysBefore, newsletterId, at }: ConsentRequested['data'],
  { revision }: Fact,
): Recipient => ({
  ...state,
  requested: {
    at,
    lastDay,
    ...(newsletterId === undefined ? {} : { newsletterId }),
    revision,
  },
  ...(daysBefore === undefined ? {} : { asked: { lastDay, daysBefore } }),
  ...(newsletterId === undefined
    ? {}
    : { requestedIn: new Map(state.requestedIn).set(newsletterId, lastDay) }),
});
