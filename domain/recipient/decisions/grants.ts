import {
  checkGrant,
  type Consent,
  type ConsentGrant,
  type OrganisationType,
} from '#domain/consent/index';
import { clear, type Instant } from '#domain/kernel/index';
import type { At, GrantWithProof } from '../commands.ts';
import type { ExpressConsentGiven, ImpliedConsentRecorded } from '../events.ts';
import { REJECTIONS, type RecipientRejection } from '../rejections.ts';
import type { Recipient } from '../state.ts';

/** Why a client may not record this permission. A withdrawal beats every consent up to its day (C-19). */
export const grantFault = (
  grant: ConsentGrant,
  organisationType: OrganisationType,
  { today }: At,
  { withdrawnOn }: Recipient,
): RecipientRejection | undefined => {
  const checked = checkGrant(grant, organisationType, today);
  if (!checked.ok) return checked.error;
  return withdrawnOn !== undefined && grant.date <= withdrawnOn ? REJECTIONS.withdrawn : undefined;
};

export const isOnRecord = (grant: ConsentGrant, { consents }: Recipient): boolean =>
  consents.some((consent) => isSame(consent, grant));

const isSame = (consent: Consent, grant: ConsentGrant): boolean =>
  consent.date === grant.date &&
  (consent.kind === 'express'
    ? grant.kind === 'express'
    : grant.kind === 'implied' &&
      consent.basis === grant.basis &&
      consent.expiresOn === grant.expiresOn);

/** The permission as an event. */
export const consentEvent = (
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
