import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { instantOf, type Instant, type Recorded } from '#domain/kernel/index';
import type { RecipientEvent } from '#domain/recipient/index';
import { anyEvent, anyInstant } from '#domain/recipient/testing/arbitraries';
import { A } from '#domain/recipient/testing/examples';
import { recorder } from '#projections/testing/recorded';
import { recordedBy } from './as-of.ts';
import { decideAt } from './decide-at.ts';
import { explained } from './explained.ts';

type History = readonly Recorded<RecipientEvent>[];

/** Events of one person, each recorded at an instant; the instants need not be in order. */
const history = fc.array(fc.tuple(anyEvent, anyInstant), { maxLength: 20 }).map((all): History => {
  const book = recorder();
  for (const [event, recordedAt] of all) book.record('recipient-a', event, { recordedAt });
  return book.all() as History;
});
const FAR = instantOf(Date.UTC(2040, 0, 1));
const account = {
  timeZone: 'America/Toronto',
  regimes: ['casl', 'law25'],
  organisationType: 'commercial',
} as const;

const explain = (all: History, at: Instant) => {
  const message = { class: 'commercial', listIds: [A] } as const;
  const { decision, known } = decideAt(all, { at, now: FAR, terms: account, message });
  return explained(decision, known);
};

describe('an answer for an instant (CON-6)', () => {
  it('depends on nothing that was recorded after it', () => {
    fc.assert(
      fc.property(history, history, anyInstant, (before, more, at) => {
        const past = before.filter(({ metadata }) => metadata.recordedAt <= at);
        const later = more.filter(({ metadata }) => metadata.recordedAt > at);
        expect(explain([...past, ...later], at)).toEqual(explain(past, at));
      }),
      { numRuns: 500 },
    );
  });

  it('rests on a state that the ledger really was in: always the beginning of the history', () => {
    fc.assert(
      fc.property(history, anyInstant, (all, at) => {
        const known = recordedBy(all, at, FAR);
        expect(known).toEqual(all.slice(0, known.length));
        expect(known.every(({ metadata }) => metadata.recordedAt <= at)).toBe(true);
        const next = all[known.length];
        if (next !== undefined) expect(next.metadata.recordedAt > at).toBe(true);
      }),
    );
  });

  it('knows everything that is recorded, where the instant is not past', () => {
    fc.assert(
      fc.property(history, anyInstant, (all, at) => {
        expect(recordedBy(all, at, at)).toBe(all);
        expect(recordedBy(all, FAR, at)).toBe(all);
      }),
    );
  });

  it('names events that were recorded by then', () => {
    fc.assert(
      fc.property(history, anyInstant, (all, at) => {
        const known = new Set(recordedBy(all, at, FAR).map(({ id }) => id));
        const named = explain(all, at).reasons.flatMap(({ eventIds }) => eventIds);
        expect(named.every((id) => known.has(id))).toBe(true);
      }),
    );
  });
});
