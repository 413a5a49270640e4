import type { ConsentGrant } from '#domain/consent/index';
import { CivilDate, clear, Instant, ListId, type Language } from '#domain/kernel/index';
import type {
  Erase,
  GrantWithProof,
  InvalidateAddress,
  JoinLists,
  LeaveLists,
  Reactivate,
  RecordConsent,
  Subscribe,
  Unsubscribe,
} from '../commands.ts';
import type { RecipientEvent } from '../events.ts';
import { presentEvidence } from '../present-evidence.ts';

/** Names for the specs of this room: two lists, a person, and commands with everything filled in. */
export const A = ListId.parse('list_01jd000000000000000000000a');
export const B = ListId.parse('list_01jd000000000000000000000b');
export const FR = 'fr' as Language;
export const EN = 'en' as Language;
export const ADDRESS = 'Jean.Roy@example.com';
export const proof = { method: 'web form', source: 'site', reference: 'F-1' };
export const evidence = presentEvidence(proof);
/** A permission with a proof that is enough for it. */
export const proved = (grant: ConsentGrant): GrantWithProof => ({
  grant,
  proof: clear(proof),
  evidence,
});

export const T0 = Instant('2026-01-01T12:00:00.000Z');
export const NOW = Instant('2026-06-01T12:00:00.000Z');
export const LATER = Instant('2026-06-02T12:00:00.000Z');
export const TODAY = CivilDate('2026-06-01');
export const at = { now: NOW, today: TODAY, timeZone: 'America/Toronto' } as const;

export const express = (date = '2026-05-01'): ConsentGrant => ({
  kind: 'express',
  date: CivilDate(date),
});
export const purchase = (date = '2026-05-01'): ConsentGrant => ({
  kind: 'implied',
  basis: 'purchase',
  date: CivilDate(date),
});

export const subscribed = (
  data: Partial<Extract<RecipientEvent, { type: 'RecipientSubscribed' }>['data']> = {},
  personal: Partial<{
    fields: Record<string, string | number | boolean>;
    proof: typeof proof;
  }> = {},
): RecipientEvent => ({
  type: 'RecipientSubscribed',
  data: { listIds: [A], optIn: 'single', language: FR, at: T0, ...data },
  personal: clear({ address: ADDRESS, fields: {}, ...personal }),
});
export const unsubscribedAll: RecipientEvent = {
  type: 'RecipientUnsubscribed',
  data: { scope: 'all', date: CivilDate('2026-03-01'), at: Instant('2026-03-01T12:00:00.000Z') },
  personal: clear({}),
};
export const unsubscribedFrom = (...listIds: readonly ListId[]): RecipientEvent => ({
  type: 'RecipientUnsubscribed',
  data: { scope: listIds, date: CivilDate('2026-03-01'), at: Instant('2026-03-01T12:00:00.000Z') },
  personal: clear({}),
});
export const invalidated: RecipientEvent = {
  type: 'AddressInvalidated',
  data: { cause: 'bounce', at: Instant('2026-03-02T12:00:00.000Z') },
};
export const erased: RecipientEvent = {
  type: 'RecipientErased',
  data: { at: Instant('2026-03-03T12:00:00.000Z') },
  personal: clear({ reason: 'asked' }),
};
export const expressGiven = (date = '2026-02-01'): RecipientEvent => ({
  type: 'ExpressConsentGiven',
  data: { date: CivilDate(date), timeZone: 'America/Toronto', at: T0 },
  personal: clear({ proof }),
});

export const subscribe = (more: Partial<Subscribe> = {}): Subscribe => ({
  ...at,
  type: 'Subscribe',
  via: 'client',
  address: clear(ADDRESS),
  defaultLanguage: FR,
  fields: clear({}),
  listIds: [A],
  optIn: 'single',
  organisationType: 'commercial',
  since: NOW,
  ...more,
});
export const byPerson = (more: Partial<Subscribe> = {}): Subscribe =>
  subscribe({ via: 'person', optIn: 'double', ...more });
export const join = (via: JoinLists['via'], ...listIds: readonly ListId[]): JoinLists => ({
  ...at,
  type: 'JoinLists',
  via,
  listIds,
});
export const leave = (via: LeaveLists['via'], ...listIds: readonly ListId[]): LeaveLists => ({
  ...at,
  type: 'LeaveLists',
  via,
  listIds,
});
export const record = (grant: ConsentGrant = purchase()): RecordConsent => ({
  ...at,
  type: 'RecordConsent',
  ...proved(grant),
  organisationType: 'commercial',
});
export const unsubscribe = (more: Partial<Unsubscribe> = {}): Unsubscribe => ({
  ...at,
  type: 'Unsubscribe',
  scope: 'all',
  since: NOW,
  ...more,
});
export const invalidate = (more: Partial<InvalidateAddress> = {}): InvalidateAddress => ({
  ...at,
  type: 'InvalidateAddress',
  cause: 'import',
  since: NOW,
  ...more,
});
export const reactivate = (warningId: string, grant: ConsentGrant = express()): Reactivate => ({
  ...at,
  type: 'Reactivate',
  acknowledgedWarningId: warningId,
  reason: clear('They called'),
  ...proved(grant),
  organisationType: 'commercial',
  authority: 'member',
});
export const erase: Erase = { ...at, type: 'Erase', reason: clear('asked') };
/** Who an imported suppression is about. */
export const unknown = {
  address: clear(ADDRESS),
  fields: clear({}),
  language: FR,
  listIds: [A],
  subscribedAt: T0,
} as const;
