import {
  checkGrant,
  withinLaw,
  type Consent,
  type ConsentGrant,
  type OrganisationType,
} from '#domain/consent/index';
import { clear, type Instant } from '#domain/kernel/index';
import type { At, GrantWithProof } from '../commands.ts';
import type {
  ConsentSuperseded,
  ExpressConsentGiven,
  ImpliedConsentRecorded,
  RecipientEvent,
} from '../events.ts';
import { REJECTIONS, type RecipientRejection } from '../rejections.ts';
import type { Recipient } from '../state.ts';

/** Why a client may not record this permission. A withdrawal beats every consent up to its day (C-19). */
export const grantFault = (
  { grant, evidence }: GrantWithProof,
  organisationType: OrganisationType,
  { today }: At,
  { withdrawnOn }: Recipient,
): RecipientRejection | undefined => {
  const checked = checkGrant(grant, evidence, organisationType, today);
  if (!checked.ok) return checked.error;
  if (withdrawnOn === undefined) return undefined;
  // A relationship that is in force until a day to come was there when the person withdrew.
  const isOlder = grant.date <= withdrawnOn || grant.date > today;
  return isOlder ? REJECTIONS.withdrawn : undefined;
};

/**
 * The permission as events: with an end that the law gives, and what it renews marked as superseded. None
 * when it is on record.
 */
export const consentEvents = (
  consent: GrantWithProof,
  recipient: Recipient,
  timeZone: string,
  at: Instant,
): readonly RecipientEvent[] => {
  const lawful = { ...consent, grant: withinLaw(consent.grant) };
  return isOnRecord(lawful.grant, recipient)
    ? []
    : [consentEvent(lawful, timeZone, at), ...renewed(lawful.grant, recipient, at)];
};

/** The consents on the same basis that are not younger. Different express consents stand side by side. */
const renewed = (
  grant: ConsentGrant,
  { consents, ended }: Recipient,
  at: Instant,
): readonly ConsentSuperseded[] => {
  if (grant.kind === 'express') return [];
  const { basis, date } = grant;
  return consents
    .filter(
      (consent) =>
        consent.kind === 'implied' &&
        consent.basis === basis &&
        consent.date <= date &&
        !ended.has(consent.revision),
    )
    .map(({ revision }) => ({ type: 'ConsentSuperseded', data: { revision, basis, at } }));
};

const isOnRecord = (grant: ConsentGrant, { consents }: Recipient): boolean =>
  consents.some((consent) => isSame(consent, grant));

const isSame = (consent: Consent, grant: ConsentGrant): boolean =>
  consent.date === grant.date &&
  (consent.kind === 'express'
    ? grant.kind === 'express'
    : grant.kind === 'implied' &&
      consent.basis === grant.basis &&
      consent.expiresOn === grant.expiresOn);

const consentEvent = (
  { grant, proof }: GrantWithProof,
  timeZone: string,
  at: Instant,
): ExpressConsentGiven | ImpliedConsentRecorded => {
  const personal = clear({ proof: proof.reveal() });
  return grant.kind === 'express'
    ? { type: 'ExpressConsentGiven', data: { date: grant.date, timeZone, at }, personal }
    : {
        type: 'ImpliedConsentRecorded',
        data: {
          basis: grant.basis,
          date: grant.date,
          ...(grant.expiresOn === undefined ? {} : { expiresOn: grant.expiresOn }),
          timeZone,
          at,
        },
        personal,
      };
};
