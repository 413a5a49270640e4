import { maySend } from '#domain/consent/index';
import { fold } from '#domain/kernel/index';
import type { RecipientEvent } from '../events.ts';
import { recipientStream, type Recipient } from '../index.ts';
import { A, NOW } from './examples.ts';

/** The recipient that a history makes. */
export const stateOf = (...events: readonly RecipientEvent[]): Recipient =>
  fold(recipientStream, events);

export const account = {
  timeZone: 'America/Toronto',
  regimes: ['casl'],
  organisationType: 'commercial',
} as const;

/** May an account under CASL send a newsletter of list A to them now? */
export const mailable = (state: Recipient): boolean =>
  maySend(state, account, { class: 'commercial', listIds: [A] }, NOW).allow;
