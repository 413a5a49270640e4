import type { ImpliedBasis, PrivacyBasisKind } from '#domain/consent/index';
import type { CivilDate, ListId } from '#domain/kernel/index';
import type { TrackingMode } from '../tracking.ts';

/** The three records of a person that are kept apart: none of them implies another (P-01, P-18, P-20). */
export const RECORD_NAMES = ['permission-to-send', 'privacy-basis', 'tracking'] as const;
export type RecordName = (typeof RECORD_NAMES)[number];

/** What an event did, in the states of ISO/IEC TS 27560:2023 (P-16), with those that CASL adds. */
export const ENTRY_STATES = [
  'requested',
  'given',
  'confirmed',
  'refused',
  'withdrawn',
  'superseded',
  'expired',
  'invalidated',
] as const;
export type EntryState = (typeof ENTRY_STATES)[number];

/**
 * `implied` is CASL's: a relationship, without any act of the person. `without-consent` is a basis that the law
 * gives where nobody has to agree.
 */
export const ENTRY_TYPES = ['express', 'implied', 'without-consent'] as const;
export type EntryType = (typeof ENTRY_TYPES)[number];

/** One event as a record of consent tells it. */
export type RecordEntry = Readonly<{
  /** Of the event that says so. */
  revision: number;
  state: EntryState;
  type: EntryType;
  basis?: ImpliedBasis | PrivacyBasisKind;
  mode?: TrackingMode;
  /** The civil date that the person or the account gives it: of a purchase, of an agreement. */
  date?: CivilDate;
  /** The first day that it counts for, and the last one, inclusive; absent when there is no bound. */
  firstDay?: CivilDate;
  lastDay?: CivilDate;
  /** Revisions of the entries that this one ended or brought back. */
  about?: readonly number[];
  /** The lists alone that it is about. */
  listIds?: readonly ListId[];
  /** Why a claim of consent could not stand. */
  code?: string;
  /** Of something given: how it stands by now. */
  standing?: EntryState;
}>;

/** One of the three records: how it stands, and everything that led there, the oldest first. */
export type ReceiptRecord = Readonly<{
  /** `none` where nothing was ever asked, given or refused. */
  state: EntryState | 'none';
  entries: readonly RecordEntry[];
}>;

export const isGiven = ({ state }: RecordEntry): boolean =>
  state === 'given' || state === 'confirmed';
