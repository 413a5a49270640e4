import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { maySend, ORGANISATION_TYPES } from '#domain/consent/index';
import { clear, fold, Instant } from '#domain/kernel/index';
import type { RecipientCommand } from './commands.ts';
import { reactivationWarning, recipientStream, type Recipient } from './index.ts';
import { anyCommand, anyCommandBut, anyEvent } from './testing/arbitraries.ts';
import {
  A,
  at,
  byPerson,
  erase,
  express,
  expressGiven,
  invalidate,
  LATER,
  NOW,
  proved,
  reactivate,
  subscribed,
  unsubscribe,
} from './testing/examples.ts';

const { decide, evolve } = recipientStream;
const histories = fc.array(anyEvent, { maxLength: 8 });

/** The state after a command, a refusal changing nothing. */
const after = (state: Recipient, command: RecipientCommand): Recipient => {
  const decision = decide(command, state);
  return decision.ok ? decision.value.reduce(evolve, state) : state;
};

/** By any organisation, now or in years, to the list or to nobody's list in particular. */
const isMailable = (state: Recipient): boolean =>
  ORGANISATION_TYPES.some((organisationType) =>
    ['2026-06-03T12:00:00.000Z', '2027-01-02T12:00:00.000Z'].some((instant) =>
      [[], [A]].some(
        (listIds) =>
          maySend(
            state,
            { timeZone: 'America/Toronto', regimes: ['casl'], organisationType },
            { class: 'commercial', listIds },
            Instant(instant),
          ).allow,
      ),
    ),
  );

const complaint = {
  type: 'RecordComplaint',
  ...at,
  source: 'feedback-report',
  since: NOW,
} as const;
const restriction = { type: 'RestrictProcessing', ...at, reason: clear('asked') } as const;

/** Each suppression, and what lifts it: the person's own confirmation and a reactivation, or the operator. */
const SUPPRESSIONS: readonly (readonly [
  string,
  RecipientCommand,
  readonly RecipientCommand['type'][],
])[] = [
  ['an unsubscription', unsubscribe(), ['ConfirmSubscription', 'Reactivate']],
  ['a complaint', complaint, ['ConfirmSubscription', 'Reactivate']],
  ['an erasure', erase, ['ConfirmSubscription']],
  ['an invalid address', invalidate(), ['ClearInvalidity']],
  ['a restriction', restriction, ['LiftRestriction']],
];

describe('UNS-5, C-27: no sequence of commands makes a suppressed person mailable', () => {
  it.each(SUPPRESSIONS)('%s ends only by the ways that the matrix names', (_way, command, ways) => {
    const mailable = [subscribed(), expressGiven()];
    expect(isMailable(fold(recipientStream, mailable))).toBe(true);
    fc.assert(
      fc.property(
        histories,
        fc.array(anyCommandBut(...ways), { maxLength: 14 }),
        (events, commands) => {
          const before = fold(recipientStream, [...mailable, ...events]);
          // Whom an undone import forgot cannot be restricted: there is nobody.
          fc.pre(decide(command, before).ok);
          let state = after(before, command);
          expect(isMailable(state)).toBe(false);
          for (const each of commands) {
            state = after(state, each);
            expect(isMailable(state)).toBe(false);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('a reactivation needs the present warning, and after a complaint an administrator', () => {
    fc.assert(
      fc.property(histories, fc.array(anyCommand, { maxLength: 8 }), (events, commands) => {
        let state = after(fold(recipientStream, [subscribed(), ...events]), complaint);
        for (const command of commands) {
          const before = state;
          state = after(before, command);
          const lifted = before.complained !== undefined && state.complained === undefined;
          if (!lifted) continue;
          expect(['ConfirmSubscription', 'Reactivate']).toContain(command.type);
          if (command.type !== 'Reactivate') continue;
          const { warningId } = reactivationWarning(before);
          expect([command.acknowledgedWarningId, command.authority]).toEqual([warningId, 'admin']);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('the two ways that the matrix names do work: the person’s confirmed opt-in, and reactivation', () => {
    for (const command of [unsubscribe(), complaint]) {
      const state = after(fold(recipientStream, [subscribed(), expressGiven()]), command);
      const { warningId } = reactivationWarning(state);
      const back = after(state, {
        ...reactivate(warningId, express('2026-06-01')),
        authority: 'admin',
      });
      expect(isMailable(back)).toBe(true);
      const asked = after(state, byPerson({ since: NOW, consent: proved(express('2026-06-01')) }));
      expect(isMailable(asked)).toBe(false);
      const confirm = { type: 'ConfirmSubscription', ...at, now: LATER, requestedAt: NOW } as const;
      expect(isMailable(after(asked, confirm))).toBe(true);
    }
  });
});
