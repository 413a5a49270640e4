import { CivilDate, Instant, ListId } from '#domain/kernel/index';
import type { Consent, ImpliedBasis, PrivacyBasisKind } from '../consent.ts';
import type { Decision, MessageClass, SendingAccount, Standing } from '../decision.ts';
import { maySend } from '../may-send.ts';

/** Names for the specs of this room: a list, people on it, and the question in one line. */
export const LIST = ListId.parse('list_01jd000000000000000000000a');

export const at = (text: string): Instant => Instant(`${text}:00.000Z`);
/** Noon in Toronto (standard time), which is the same civil day there. */
export const noon = (day: string): Instant => at(`${day}T17:00`);

export const express = (date = '2020-01-01', revision = 2): Consent => ({
  kind: 'express',
  date: CivilDate(date),
  revision,
});
export const implied = (basis: ImpliedBasis, date: string, revision = 2): Consent => ({
  kind: 'implied',
  basis,
  date: CivilDate(date),
  revision,
});

/** Somebody on the list with these consents, and where they are. */
export const person = (consents: readonly Consent[], more: Partial<Standing> = {}): Standing => ({
  known: true,
  lists: new Map([[LIST, { status: 'subscribed', since: noon('2026-01-01'), revision: 1 }]]),
  consents,
  ...more,
});
export const privacy = (kind: PrivacyBasisKind) => ({ privacyBasis: { kind, revision: 3 } });

export type Asked = Partial<SendingAccount> & Readonly<{ when?: Instant; class?: MessageClass }>;

/** Of a commercial sender in Toronto under CASL, at noon on 2026-06-01, unless said otherwise. */
export const decide = (standing: Standing, asked: Asked = {}): Decision => {
  const { when = noon('2026-06-01'), class: messageClass = 'commercial', ...terms } = asked;
  const account: SendingAccount = {
    timeZone: 'America/Toronto',
    regimes: ['casl'],
    organisationType: 'commercial',
    ...terms,
  };
  return maySend(standing, account, { class: messageClass, listIds: [LIST] }, when);
};

/** Allowed or not, and each reason as `code (regime section)`. */
export const answer = (standing: Standing, asked: Asked = {}): readonly (string | boolean)[] => {
  const { allow, reasons } = decide(standing, asked);
  return [allow, ...reasons.map(({ code, regime, section }) => `${code} (${regime} ${section})`)];
};
