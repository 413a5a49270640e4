import { isShredded, type CivilDate, type Instant } from '#domain/kernel/index';
import type { Recipient } from '#domain/recipient/index';

/** How somebody stands who opens a request for consent, as far as the page says it. */
export type ConsentStanding =
  | Readonly<{ kind: 'gone' }>
  /** Left everything, or complained: only a new subscription brings them back (C-27). */
  | Readonly<{ kind: 'out' }>
  /** The address does not work, or the use of the person's data is suspended. */
  | Readonly<{ kind: 'suspended' }>
  | Readonly<{ kind: 'agreed'; date: CivilDate }>
  | Readonly<{ kind: 'open'; refusedAt: Instant | undefined }>;

/** Nobody is known behind an address that was erased, or that an undone import alone had brought in. */
export const consentStanding = (recipient: Recipient): ConsentStanding => {
  if (recipient.erased !== undefined || isShredded(recipient.address)) return { kind: 'gone' };
  if (recipient.invalid !== undefined || recipient.restricted !== undefined)
    return { kind: 'suspended' };
  if (recipient.complained !== undefined || recipient.unsubscribed !== undefined)
    return { kind: 'out' };
  if (!recipient.known) return { kind: 'gone' };
  const express = recipient.consents.findLast(({ kind }) => kind === 'express');
  return express === undefined
    ? { kind: 'open', refusedAt: recipient.refused?.since }
    : { kind: 'agreed', date: express.date };
};
