import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  lawsOf,
  maySend,
  ORGANISATION_TYPES,
  REASON_REGIMES,
  REGIMES,
  type SendingAccount,
} from '#domain/consent/index';
import { fold, instantOf, type Instant } from '#domain/kernel/index';
import type { RecipientEvent } from './events.ts';
import { recipientStream } from './index.ts';
import { anyEvent, anyInstant } from './testing/arbitraries.ts';
import { A, B } from './testing/examples.ts';

const account = fc.record<SendingAccount>({
  timeZone: fc.constantFrom('America/Toronto', 'Pacific/Kiritimati', 'Pacific/Honolulu'),
  regimes: fc.subarray([...REGIMES], { minLength: 1 }),
  organisationType: fc.constantFrom(...ORGANISATION_TYPES),
});
const message = fc.record({
  class: fc.constantFrom('commercial', 'transactional', 'reply'),
  listIds: fc.subarray([A, B]),
} as const);
const history = fc.array(anyEvent, { maxLength: 12 });
const places = fc.option(
  fc.constantFrom('CA-QC', 'CA', 'CA-ON', 'FR', 'GB', 'DZ', 'US', 'RE', 'XX'),
  {
    nil: undefined,
  },
);

const standing = (events: readonly RecipientEvent[], jurisdiction: string | undefined) => {
  const { jurisdiction: _before, ...state } = fold(recipientStream, events);
  return jurisdiction === undefined ? state : { ...state, jurisdiction };
};

describe('laws of the decision', () => {
  it('CON-6: maySend at t depends on nothing recorded after t', () => {
    /** Events as they were recorded, a second to a minute apart. */
    const recorded = fc.array(fc.tuple(anyEvent, fc.integer({ min: 1, max: 60 })), {
      maxLength: 12,
    });
    const start = Date.parse('2026-03-01T12:00:00.000Z');
    const knownAt = (
      events: readonly (readonly [RecipientEvent, number])[],
      at: Instant,
    ): readonly RecipientEvent[] => {
      let time = start;
      return events.flatMap(([event, seconds]) => {
        time += seconds * 1_000;
        return instantOf(time) <= at ? [event] : [];
      });
    };
    fc.assert(
      fc.property(
        recorded,
        recorded,
        account,
        message,
        fc.nat(720),
        (before, later, by, of, after) => {
          const at = instantOf(start + after * 1_000);
          const whole = [...before, ...later];
          const cut = whole.slice(0, knownAt(whole, at).length);
          // Whatever else follows after t, the answer for t stays the same.
          const decide = (events: readonly (readonly [RecipientEvent, number])[]) =>
            maySend(fold(recipientStream, knownAt(events, at)), by, of, at);
          expect(decide(whole)).toEqual(decide(cut));
          expect(decide([...cut, ...later.map(([event]) => [event, 720] as const)])).toEqual(
            decide(cut),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('CON-6: reasons are never empty, and each names its regime and sections of enacted laws (P-04)', () => {
    fc.assert(
      fc.property(history, places, account, message, anyInstant, (events, place, by, of, at) => {
        const { allow, basis, reasons } = maySend(standing(events, place), by, of, at);
        expect(reasons.length).toBeGreaterThan(0);
        expect(basis === undefined).toBe(!allow);
        for (const { regime, rule, section, text } of reasons) {
          expect(REASON_REGIMES).toContain(regime);
          expect(lawsOf(section)).not.toContain(undefined);
          expect([rule, text.fr, text.en]).not.toContain('');
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('C-02, P-03: allowed only if every regime that applies allows', () => {
    const commercial = { class: 'commercial', listIds: [] } as const;
    fc.assert(
      fc.property(history, places, account, anyInstant, (events, place, by, at) => {
        const who = standing(events, place);
        const { allow, lastDay } = maySend(who, by, commercial, at);
        for (const regime of by.regimes) {
          const alone = maySend(who, { ...by, regimes: [regime] }, commercial, at);
          // An account under Law 25 alone is held to a permitting regime too, as is the whole.
          if (allow && regime !== 'law25') expect(alone.allow).toBe(true);
          if (allow && regime !== 'law25' && alone.lastDay !== undefined) {
            expect((lastDay ?? '9999') <= alone.lastDay).toBe(true);
          }
        }
        if (allow && by.regimes.includes('law25') && ['CA-QC', 'CA', undefined].includes(place)) {
          expect(who.privacyBasis).toBeDefined();
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('C-03: nothing that an account can choose turns a suppression into a yes', () => {
    const suppressed = history.filter((events) => {
      const { erased, invalid, complained, unsubscribed } = fold(recipientStream, events);
      return [erased, invalid, complained, unsubscribed].some((fact) => fact !== undefined);
    });
    fc.assert(
      fc.property(suppressed, places, account, anyInstant, (events, place, by, at) => {
        const { allow } = maySend(
          standing(events, place),
          by,
          { class: 'commercial', listIds: [] },
          at,
        );
        expect(allow).toBe(false);
      }),
    );
  });
});
