import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { endOfDayAt, lastLawfulDay, placeOf } from '#domain/consent/index';
import { CivilDate, clear, ImportId, Instant, type CivilDate as Day } from '#domain/kernel/index';
import { undoImport, type Recipient, type RecipientEvent } from '#domain/recipient/index';
import { anyCommand, anyRow } from '#domain/recipient/testing/arbitraries';
import { erased, proof, subscribed, T0, unsubscribedAll } from '#domain/recipient/testing/examples';
import { History } from '#domain/recipient/testing/history';
import { anAccount, aRecipient } from '#domain/testing/sample-ids';
import { applyAll, readStoreForSpec } from '#projections/testing/projected';
import { recorder } from '#projections/testing/recorded';
import {
  accountsOfDeadlines,
  changesAfter,
  consentDeadlines,
  deadlinesBefore,
  deadlinesBetween,
  deadlinesOver,
  nextDayFrom,
  nextEndAfter,
} from './index.ts';

const store = readStoreForSpec();
const PAGE = { limit: 10 };
const importId = ImportId.parse('imp_01jd000000000000000000000a');

const bought = (date: string, more: { expiresOn?: Day } = {}): RecipientEvent => ({
  type: 'ImpliedConsentRecorded',
  data: { basis: 'purchase', date: CivilDate(date), timeZone: 'America/Toronto', at: T0, ...more },
  personal: clear({ proof }),
});
const lapsed = (revision: number): RecipientEvent => ({
  type: 'ConsentExpired',
  data: { revision, basis: 'purchase', lastDay: CivilDate('2026-03-10'), at: T0 },
});

const modelOf = async (people: Readonly<Record<string, readonly RecipientEvent[]>>) => {
  const ledger = recorder();
  for (const [name, events] of Object.entries(people)) {
    for (const event of events) ledger.record(`recipient-${name}`, event);
  }
  const model = await store.begin(consentDeadlines);
  await applyAll(model, consentDeadlines, ledger.all());
  return model;
};

/** What of a stream's consents has an end that is not on record. */
const openDays = ({ consents, ended }: Recipient): readonly Day[] =>
  consents
    .flatMap((consent) => (ended.has(consent.revision) ? [] : (lastLawfulDay(consent) ?? [])))
    .toSorted();

describe('consent deadlines', () => {
  it('C-15: say of every decided history what the stream says, undone imports included', async () => {
    const histories = fc
      .tuple(
        fc.array(anyCommand, { maxLength: 12 }),
        fc.array(anyRow(importId), { maxLength: 2 }),
        fc.array(anyCommand, { maxLength: 4 }),
        fc.boolean(),
      )
      .map(([before, rows, since, undo]) => {
        const history = new History();
        for (const command of before) history.perform(command);
        for (const row of rows) history.perform(row, { evidence: { importId } });
        for (const command of since) history.perform(command);
        if (!undo) return history;
        for (const event of undoImport(history.recorded, importId, T0).events)
          history.record(event);
        return history;
      });
    await fc.assert(
      fc.asyncProperty(histories, async ({ recorded, state }) => {
        const model = await modelOf({ [aRecipient]: recorded.map(({ event }) => event) });
        const document = await model.get(aRecipient);
        const [nextDay] = openDays(state);
        expect(Object.values(document?.['lastDays'] ?? {}).toSorted()).toEqual(openDays(state));
        expect(document?.['nextDay']).toBe(nextDay);
        expect(document?.['endsAt']).toBe(
          nextDay === undefined ? undefined : endOfDayAt(placeOf(state.jurisdiction), nextDay),
        );
        await model.drop();
      }),
      { numRuns: 150 },
    );
  });

  it('C-10, C-14: name the earliest of several last days, the shortened one included', async () => {
    const events = [subscribed(), bought('2024-03-10'), bought('2024-09-01')];
    const shortened = bought('2024-09-01', { expiresOn: CivilDate('2026-01-15') });
    const model = await modelOf({ anna: events, bert: [subscribed(), shortened] });
    const found = await deadlinesBefore(model, anAccount, CivilDate('2026-03-11'), PAGE);
    expect(found.map(({ id, nextDay }) => [id, nextDay])).toEqual([
      ['bert', '2026-01-15'],
      ['anna', '2026-03-10'],
    ]);
    expect(await deadlinesBefore(model, anAccount, CivilDate('2026-01-15'), PAGE)).toEqual([]);
    const days = { from: CivilDate('2026-01-16'), to: CivilDate('2026-03-10') };
    expect(await deadlinesBetween(model, anAccount, days, PAGE)).toMatchObject([{ id: 'anna' }]);
    expect(await nextDayFrom(model, anAccount, CivilDate('2026-01-16'))).toBe('2026-03-10');
    await model.drop();
  });

  it('C-13: know when a day is over where the person is', async () => {
    const inParis = [subscribed({ jurisdiction: 'FR' }), bought('2024-07-15')];
    const model = await modelOf({ anna: inParis, bert: [subscribed(), bought('2024-07-15')] });
    const midnight = Instant('2026-07-15T22:00:00.000Z');
    const before = Instant('2026-07-15T21:59:59.999Z');
    expect(await deadlinesOver(model, anAccount, midnight, PAGE)).toMatchObject([{ id: 'anna' }]);
    expect(await deadlinesOver(model, anAccount, before, PAGE)).toEqual([]);
    expect(await nextEndAfter(model, anAccount, before)).toBe(midnight);
    expect(await nextEndAfter(model, anAccount, midnight)).toBeUndefined();
    await model.drop();
  });

  it.each<[string, readonly RecipientEvent[]]>([
    ['a lapse on record', [lapsed(1)]],
    ['an unsubscription', [unsubscribedAll]],
    ['an erasure', [erased]],
    [
      'a withdrawal',
      [{ type: 'ConsentWithdrawn', data: { date: CivilDate('2025-01-01'), at: T0 } }],
    ],
  ])('C-15: end with %s', async (_what, ending) => {
    const model = await modelOf({ anna: [subscribed(), bought('2024-03-10'), ...ending] });
    expect(await deadlinesBefore(model, anAccount, CivilDate('2030-01-01'), PAGE)).toEqual([]);
    await model.drop();
  });

  it('tell the accounts, and what changed after a position', async () => {
    const ledger = recorder();
    ledger.record(`account-${anAccount}`, {
      type: 'AccountTermsChanged',
      data: { timeZone: 'Europe/Paris' },
    });
    const last = ledger.record('recipient-anna', bought('2024-03-10'));
    ledger.record('recipient-anna', subscribed());
    const model = await store.begin(consentDeadlines);
    await applyAll(model, consentDeadlines, ledger.all());
    expect(await accountsOfDeadlines(model, PAGE)).toEqual([anAccount]);
    const all = await changesAfter(model, undefined, 10);
    expect(all).toMatchObject([{ kind: 'account' }, { deadline: { id: 'anna' } }]);
    expect(await changesAfter(model, all[0]?.changedPosition, 10)).toHaveLength(1);
    // Where the person was subscribed says nothing about an end.
    expect(await changesAfter(model, last.position, 10)).toEqual([]);
    await model.drop();
  });
});
