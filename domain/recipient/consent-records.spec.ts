import { describe, expect, it } from '@jest/globals';
import { CivilDate, clear } from '#domain/kernel/index';
import { consentRecords } from './consent-records.ts';
import type { RecipientEvent } from './events.ts';
import { expressGiven, NOW, proof, subscribed, unsubscribedAll } from './testing/examples.ts';

const bought = (date: string): RecipientEvent => ({
  type: 'ImpliedConsentRecorded',
  data: { basis: 'purchase', date: CivilDate(date), timeZone: 'America/Toronto', at: NOW },
  personal: clear({ proof }),
});
const superseded: RecipientEvent = {
  type: 'ConsentSuperseded',
  data: { revision: 1, basis: 'purchase', at: NOW },
};
const states = (today: string, ...events: readonly RecipientEvent[]) =>
  consentRecords(events, CivilDate(today)).map(({ consent, state, lastDay }) => [
    consent.revision,
    state,
    lastDay,
  ]);

describe('C-29: every consent that was ever recorded', () => {
  it('is current until its last day, and expired after it', () => {
    const past = [subscribed(), bought('2024-03-10')];
    expect(states('2026-03-10', ...past)).toEqual([[1, 'current', '2026-03-10']]);
    expect(states('2026-03-11', ...past)).toEqual([[1, 'expired', '2026-03-10']]);
  });

  it('is superseded by a renewal, the latest coming first', () => {
    const past = [subscribed(), bought('2025-03-10'), bought('2026-03-10'), superseded];
    expect(states('2026-06-01', ...past)).toEqual([
      [2, 'current', '2028-03-10'],
      [1, 'superseded', '2027-03-10'],
    ]);
  });

  it('is withdrawn by an unsubscription from everything, once, and what comes after stands', () => {
    const past = [subscribed(), expressGiven(), unsubscribedAll, bought('2026-04-01')];
    expect(states('2026-06-01', ...past)).toEqual([
      [3, 'current', '2028-04-01'],
      [1, 'withdrawn', undefined],
    ]);
  });
});
