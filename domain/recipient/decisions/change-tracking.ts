import { clear, ok, refuse, type Refusal } from '#domain/kernel/index';
import type { EvidenceKey } from '#domain/consent/index';
import type { GiveTrackingConsent, WithdrawTrackingConsent } from '../commands.ts';
import { REJECTIONS, type RecipientRejection } from '../rejections.ts';
import type { Recipient } from '../state.ts';
import type { Outcome } from './outcome.ts';

/**
 * Following one person's reading needs a consent of its own, with evidence (P-18, P-20; Law 25 s. 8.1). No
 * permission to send and no privacy basis implies it.
 */
export const giveTrackingConsent = (
  command: GiveTrackingConsent,
  recipient: Recipient,
): Outcome => {
  const fault = nobodyThere(recipient) ?? consentFault(command, recipient);
  if (fault !== undefined) return refuse(fault);
  const { mode, date, timeZone, now, proof } = command;
  if (recipient.tracking === mode) return ok([]);
  return ok([
    {
      type: 'TrackingConsentGiven',
      data: { mode, date, timeZone, at: now },
      personal: clear({ proof: proof.reveal() }),
    },
  ]);
};

/** Less tracking is always possible; a client does not undo what the person turned off. */
export const withdrawTrackingConsent = (
  { via, mode, now, today }: WithdrawTrackingConsent,
  recipient: Recipient,
): Outcome => {
  const fault = nobodyThere(recipient);
  if (fault !== undefined) return refuse(fault);
  if (recipient.tracking === mode) return ok([]);
  const isMore = recipient.tracking === 'off';
  if (isMore && via === 'client' && recipient.trackingWithdrawn?.by === 'person') {
    return refuse(REJECTIONS.trackingRefused);
  }
  return ok([{ type: 'TrackingConsentWithdrawn', data: { mode, by: via, date: today, at: now } }]);
};

const nobodyThere = (recipient: Recipient): RecipientRejection | undefined => {
  if (recipient.erased !== undefined) return REJECTIONS.erased;
  if (!recipient.known) return REJECTIONS.unknown;
  return recipient.restricted === undefined ? undefined : REJECTIONS.restricted;
};

/** Of a client; what a person says on a page is shown by the page. */
const consentFault = (
  { via, date, today, evidence }: GiveTrackingConsent,
  { trackingWithdrawn }: Recipient,
): RecipientRejection | undefined => {
  if (via === 'person') return undefined;
  if (date > today) return REJECTIONS.trackingDateInFuture;
  if (trackingWithdrawn !== undefined && date <= trackingWithdrawn.on) {
    return REJECTIONS.trackingWithdrawn;
  }
  return unproved(evidence);
};

/** How it was given, and what the person agreed to. */
const PROOF: readonly (readonly EvidenceKey[])[] = [
  ['method', 'formId'],
  ['wordingId', 'formId', 'reference', 'document', 'url'],
];

const unproved = (evidence: ReadonlySet<EvidenceKey>): Refusal<'evidence-missing'> | undefined => {
  const missing = PROOF.filter((anyOf) => !anyOf.some((key) => evidence.has(key)));
  return missing.length === 0
    ? undefined
    : {
        code: 'evidence-missing',
        message: `To follow one person’s reading, show also: ${missing.map((anyOf) => anyOf.join(' or ')).join('; ')} (P-18).`,
        path: 'evidence',
      };
};
