import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { maySend, ORGANISATION_TYPES, REASON_CODES } from '#domain/consent/index';
import {
  clear,
  fold,
  Instant,
  SHREDDED,
  type AnyEvent,
  type JsonObject,
} from '#domain/kernel/index';
import { clearEquality } from '#domain/kernel/testing/clear-equality';
import type { RecipientCommand } from './commands.ts';
import type { RecipientEvent } from './events.ts';
import { recipientStream, statusOf, type Recipient } from './index.ts';
import {
  anyClientCommand,
  anyCommand,
  anyEvent,
  anyFormSubmission,
  anyInstant,
  anyListId,
  anyRequestOfPerson,
} from './testing/arbitraries.ts';
import {
  A,
  expressGiven,
  express,
  invalidate,
  proved,
  subscribe,
  subscribed,
  T0,
  unknown,
  unsubscribe,
} from './testing/examples.ts';

expect.addEqualityTesters([clearEquality]);

const { decide, evolve, codec } = recipientStream;
const histories = fc.array(anyEvent, { maxLength: 12 });

/** The state after a command, a refusal changing nothing. */
const after = (state: Recipient, command: RecipientCommand): Recipient => {
  const decision = decide(command, state);
  return decision.ok ? decision.value.reduce(evolve, state) : state;
};
const commercial = (
  state: Recipient,
  organisationType: (typeof ORGANISATION_TYPES)[number],
  at: Instant,
  listIds: readonly (typeof A)[],
) =>
  maySend(
    state,
    { timeZone: 'America/Toronto', regimes: ['casl'], organisationType },
    { class: 'commercial', listIds },
    at,
  );
const FUTURE = Instant('2027-01-02T12:00:00.000Z');
const isMailable = (state: Recipient): boolean =>
  ORGANISATION_TYPES.some((type) =>
    [T0, FUTURE].some((at) =>
      [[], [A]].some((listIds) => commercial(state, type, at, listIds).allow),
    ),
  );

describe('laws of a recipient', () => {
  it('LED: evolve takes any event in any state, and counts each', () => {
    fc.assert(
      fc.property(histories, (events) => {
        const state = fold(recipientStream, events);
        expect(state.revision).toBe(events.length - 1);
        expect(statusOf(state)).toMatch(/^[a-z]+$/);
        const known = [
          ...state.lists.values(),
          ...state.consents,
          state.erased,
          state.invalid,
          state.unsubscribed,
        ];
        for (const fact of known) expect(fact?.revision ?? -1).toBeLessThan(events.length);
      }),
      { numRuns: 500 },
    );
  });

  it('LED: evolve takes shredded events too', () => {
    fc.assert(
      fc.property(histories, (events) => {
        const shredded = events.map((event) =>
          'personal' in event ? { ...event, personal: SHREDDED } : event,
        );
        const [state, whole] = [fold(recipientStream, shredded), fold(recipientStream, events)];
        expect(statusOf(state)).toBe(statusOf(whole));
        expect(isMailable(state)).toBe(isMailable(whole));
      }),
    );
  });

  it('evolve leaves the state before as it was', () => {
    fc.assert(
      fc.property(histories, anyEvent, (events, event) => {
        const state = fold(recipientStream, events);
        const lists = [...state.lists];
        evolve(Object.freeze({ ...state, consents: Object.freeze([...state.consents]) }), event);
        expect([...state.lists]).toEqual(lists);
      }),
    );
  });

  it('a re-issued command yields no event', () => {
    fc.assert(
      fc.property(histories, anyCommand, (events, command) => {
        const once = after(fold(recipientStream, events), command);
        const again = decide(command, once);
        expect(again.ok ? again.value : []).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('decode(encode(e)) = e, through JSON', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const { type, data, personal } = codec.encode(event);
        expect(codec.storedTypes).toContain(type);
        const read = (part: JsonObject) => JSON.parse(JSON.stringify(part)) as JsonObject;
        const decoded = codec.decode(type, read(data), personal && read(personal));
        expect(decoded).toEqual(negativeZeroGone(event));
      }),
      { numRuns: 1_000 },
    );
  });

  it('decode gives shredded events their data, and refuses what does not fit', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const { type, data, personal } = codec.encode(event);
        if (personal !== undefined) {
          expect(codec.decode(type, data, SHREDDED)).toEqual({ ...event, personal: SHREDDED });
        }
        expect(() => codec.decode(type, { ...data, at: 'noon' }, personal)).toThrow(TypeError);
        expect(() => codec.decode(type, { ...data, odd: 1 }, personal)).toThrow(TypeError);
        expect(() => codec.decode('RecipientAbducted.v1', data, personal)).toThrow(
          'RecipientAbducted',
        );
      }),
    );
  });

  it('every reason of a decision is one that programs know, and names events that exist', () => {
    fc.assert(
      fc.property(histories, anyListId, anyInstant, (events, listId, at) => {
        const state = fold(recipientStream, events);
        const { allow, reasons } = commercial(state, 'commercial', at, [listId]);
        expect(reasons.length).toBeGreaterThan(0);
        for (const { code, revisions } of reasons) {
          expect(REASON_CODES).toContain(code);
          expect(revisions.every((revision) => revision < events.length)).toBe(true);
        }
        if (allow) expect(statusOf(state)).toMatch(/^(active|unconfirmed)$/);
      }),
    );
  });
});

/** Numbers are stored without a sign on zero. */
const negativeZeroGone = (event: RecipientEvent): RecipientEvent => {
  const { personal } = event as AnyEvent;
  return personal === undefined || personal === SHREDDED
    ? event
    : ({
        ...event,
        personal: clear(JSON.parse(JSON.stringify(personal.reveal()))),
      } as RecipientEvent);
};

describe('IMP-4, UNS-5, C-19, C-28: suppression beats everything that clients do', () => {
  const ways: readonly (readonly [string, RecipientCommand['type']])[] = [
    ['an unsubscription', 'Unsubscribe'],
    ['an invalid address', 'InvalidateAddress'],
    ['an erasure', 'Erase'],
  ];
  const suppress: Partial<Record<RecipientCommand['type'], RecipientCommand>> = {
    Unsubscribe: unsubscribe(),
    InvalidateAddress: invalidate(),
    Erase: { ...unsubscribe(), type: 'Erase', reason: clear('asked') },
  };

  it.each(ways)('%s holds against any sequence of imports and API calls', (_way, type) => {
    const mailableFirst = [subscribed(), expressGiven()];
    expect(isMailable(fold(recipientStream, mailableFirst))).toBe(true);
    fc.assert(
      fc.property(
        histories,
        // What the person asks for and does not confirm changes nothing either.
        fc.array(fc.oneof(anyClientCommand, anyRequestOfPerson), { maxLength: 12 }),
        (events, commands) => {
          const start = after(
            fold(recipientStream, [...mailableFirst, ...events]),
            suppress[type]!,
          );
          let state = start;
          for (const command of commands) {
            state = after(state, command);
            expect(isMailable(state)).toBe(false);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('a list that the person left stays left, whatever clients do and whoever fills in a form', () => {
    fc.assert(
      fc.property(
        histories,
        fc.array(fc.oneof(anyClientCommand, anyFormSubmission), { maxLength: 12 }),
        (events, commands) => {
          let state = after(fold(recipientStream, events), unsubscribe({ scope: [A] }));
          if (state.lists.get(A)?.status !== 'unsubscribed') return;
          for (const command of commands) state = after(state, command);
          expect(state.lists.get(A)?.status).toBe('unsubscribed');
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('IMP-4: an export’s files in any order', () => {
  const row = subscribe({
    since: T0,
    consent: proved(express('2025-01-01')),
  });
  const files = { row, left: unsubscribe({ unknown }), cleaned: invalidate({ unknown }) };
  const outcome = (commands: readonly RecipientCommand[]) => {
    const state = commands.reduce(after, recipientStream.initialState);
    return {
      status: statusOf(state),
      list: state.lists.get(A)?.status === 'subscribed',
      suppressed: [state.unsubscribed !== undefined, state.invalid !== undefined],
      mailable: isMailable(state),
    };
  };
  const anyOrderOf = (...commands: readonly RecipientCommand[]) =>
    fc
      .shuffledSubarray([...commands, ...commands], { minLength: commands.length })
      .filter((chosen) => commands.every((command) => chosen.includes(command)));

  it.each([
    ['subscribed and unsubscribed', [files.row, files.left], 'unsubscribed'],
    ['subscribed and cleaned', [files.row, files.cleaned], 'invalid'],
    ['unsubscribed and cleaned', [files.left, files.cleaned], 'invalid'],
    ['all three', [files.row, files.left, files.cleaned], 'invalid'],
  ] as const)('%s end the same', (_files, commands, status) => {
    fc.assert(
      fc.property(anyOrderOf(...commands), (order) => {
        expect(outcome(order)).toMatchObject({ status, mailable: false });
        expect(outcome(order).suppressed).toEqual(outcome(commands).suppressed);
      }),
    );
  });
});
