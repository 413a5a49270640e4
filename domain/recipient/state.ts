import type { Fact, Standing } from '#domain/consent/index';
import { clear, SHREDDED } from '#domain/kernel/index';
import type {
  CivilDate,
  Instant,
  Language,
  ListId,
  NewsletterId,
  Personal,
} from '#domain/kernel/index';
import type { ConsentProof, FieldValues, StatedFact } from './events.ts';
import type { TrackingMode } from './tracking.ts';

/** Lists that wait for the person to confirm, and whether confirming gives consent. */
export type PendingConfirmation = Readonly<{
  requestedAt: Instant;
  listIds: readonly ListId[];
  givesConsent: boolean;
  proof: Personal<ConsentProof>;
  /** Revision of the request. */
  revision: number;
}>;

/** A recipient as the ledger knows them. Satisfies `Standing`, so `maySend` takes it as it is. */
export type Recipient = Standing &
  Readonly<{
    /** Revision of the last event folded in; -1 before the first. */
    revision: number;
    address: Personal<string>;
    fields: Personal<FieldValues>;
    language: Language;
    subscribedAt?: Instant;
    lastChangeAt?: Instant;
    /** Only requests that nobody confirmed have made the person known. */
    isUnproven?: true;
    unsubscribed?: StatedFact;
    invalid?: StatedFact;
    pending?: PendingConfirmation;
    /** Of consents in `consents`: those that a renewal replaced, or whose lapse is on record. */
    ended: ReadonlyMap<number, 'superseded' | 'expired'>;
    /** The last request for express consent, and the newsletter that carried it, if one did. */
    requested?: Readonly<{
      at: Instant;
      lastDay: CivilDate;
      newsletterId?: NewsletterId;
      revision: number;
    }>;
    /** Newsletters that carried a request, each with the last day that it named. */
    requestedIn: ReadonlyMap<NewsletterId, CivilDate>;
    /** The last request that went out by itself: for which last day, and which of them it was (C-16). */
    asked?: Readonly<{ lastDay: CivilDate; daysBefore: number }>;
    /** The person does not want to be asked for consent again. */
    refused?: Fact;
    tracking: TrackingMode;
    /** When tracking was last turned down, and by whom. */
    trackingWithdrawn?: Readonly<{ on: CivilDate; by: 'person' | 'client' }>;
    /** How often the person behind the address was erased. */
    erasures: number;
    /** Instant of the request that was confirmed last: confirming it again is no error. */
    confirmedRequest?: Instant;
    /** Warning that the last reactivation acknowledged: acknowledging it again is no error. */
    reactivatedAfter?: string;
  }>;

export type RecipientStatus =
  'active' | 'unconfirmed' | 'unsubscribed' | 'complained' | 'invalid' | 'erased' | 'restricted';

/** A recipient of whom nothing is recorded. */
export const UNKNOWN: Recipient = {
  known: false,
  revision: -1,
  address: SHREDDED,
  fields: clear({}),
  language: 'und' as Language,
  lists: new Map(),
  consents: [],
  ended: new Map(),
  requestedIn: new Map(),
  tracking: 'aggregate',
  erasures: 0,
};

/** Somebody whom an undone import alone had brought in: nothing is known of them, and nothing against them. */
export const isForgotten = (recipient: Recipient): boolean =>
  !recipient.known &&
  recipient.revision >= 0 &&
  recipient.lists.size === 0 &&
  statusOf(recipient) === 'active';

/** The one word for a recipient's standing; of several, the weightiest. */
export const statusOf = (recipient: Recipient): RecipientStatus => {
  if (recipient.erased !== undefined) return 'erased';
  if (recipient.invalid !== undefined) return 'invalid';
  if (recipient.complained !== undefined) return 'complained';
  if (recipient.restricted !== undefined) return 'restricted';
  if (recipient.unsubscribed !== undefined) return 'unsubscribed';
  return isUnconfirmed(recipient) ? 'unconfirmed' : 'active';
};

/** Somebody who asked, never confirmed, and is on no list by another way. */
const isUnconfirmed = ({ lists, pending }: Recipient): boolean => {
  let waits = pending !== undefined;
  for (const { status } of lists.values()) {
    if (status === 'subscribed') return false;
    waits ||= status === 'unconfirmed';
  }
  return waits;
};
