import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { civilDateIn, instantOf, plusDays, plusMonths, type CivilDate } from '#domain/kernel/index';
import { openTenant, type Tenant } from '../../testing/accounts.ts';
import { runApi, type Answered, type RunningApi } from '../../testing/running-api.ts';

let api: RunningApi;
let tenant: Tenant;
let count = 0;
beforeAll(async () => {
  api = await runApi();
  tenant = await openTenant(api);
});
afterAll(() => api.close());

const today = civilDateIn('America/Toronto', instantOf(Date.now()));
const lately = plusDays(today, -10);
const on = (kind: string) => ({ privacyBasis: { kind } });
const informed = on('informed-at-collection');

const post = (url: string, body: unknown): Promise<Answered> =>
  api.call({ method: 'POST', url, key: tenant.key, body });
const implied = (basis: string, date: string) => ({
  ...{ kind: 'implied', basis, date, evidence: { reference: 'F-1' } },
});
const person = async (jurisdiction: string, more: object = {}): Promise<string> => {
  const email = `explained${String((count += 1))}@example.org`;
  return (await post('/v1/recipients', { email, jurisdiction, ...more })).body.id;
};

/** Around noon in Toronto, and in its evening, when the next day has begun in Europe. */
const noon = (day: CivilDate): string => `?at=${day}T17:00:00Z`;
const evening = (day: CivilDate): string => `?at=${day}T23:30:00Z`;

/** The verdict, and its reasons with their regimes. */
const explained = async (id: string, at = ''): Promise<unknown[]> => {
  const { body } = await api.call({ url: `/v1/recipients/${id}/explain${at}`, key: tenant.key });
  return [body.allow, ...body.reasons.map(codeAndRegime)];
};
const codeAndRegime = ({ code, regime }: Readonly<{ code: string; regime: string }>): string =>
  `${code} (${regime})`;

describe('the days of a permission, asked through HTTP', () => {
  it('C-10: a purchase allows on its last lawful day and not on the next', async () => {
    const id = await person('CA-ON', { consent: implied('purchase', lately) });
    const lastDay = plusMonths(lately, 24);
    expect(await explained(id, noon(lastDay))).toEqual([true, 'implied-consent (casl)']);
    expect(await explained(id, noon(plusDays(lastDay, 1)))).toEqual([
      false,
      'consent-expired (casl)',
    ]);
  });

  it('C-12: a purchase of today allows from tomorrow', async () => {
    const id = await person('CA-ON', { consent: implied('purchase', today) });
    expect(await explained(id)).toEqual([false, 'not-before-next-day (casl)']);
    expect(await explained(id, noon(plusDays(today, 1)))).toEqual([true, 'implied-consent (casl)']);
  });

  it('C-13: on the last day, the evening of Toronto is too late for somebody in Paris', async () => {
    const id = await person('FR', { ...informed, consent: implied('purchase', lately) });
    const lastDay = plusMonths(lately, 24);
    expect((await explained(id, noon(lastDay)))[0]).toBe(true);
    expect(await explained(id, evening(lastDay))).toEqual([false, 'consent-expired (gdpr)']);
    const there = await person('CA-ON', { consent: implied('purchase', lately) });
    expect((await explained(there, evening(lastDay)))[0]).toBe(true);
  });

  it('C-14: when the first of two bases lapses, the other allows until its own last day', async () => {
    const id = await person('CA-ON', { consent: implied('inquiry', lately) });
    await post(`/v1/recipients/${id}/consents`, implied('purchase', lately));
    const lapsed = plusDays(plusMonths(lately, 6), 1);
    expect((await explained(id, noon(lapsed)))[0]).toBe(true);
    const { body } = await api.call({
      url: `/v1/recipients/${id}/explain${noon(lapsed)}`,
      key: tenant.key,
    });
    expect(body).toMatchObject({ basis: 'purchase', lastDay: plusMonths(lately, 24) });
    expect((await explained(id, noon(plusDays(plusMonths(lately, 24), 1))))[0]).toBe(false);
  });
});

it('names the list that is not there by the parameter that was given (CON-6)', async () => {
  const id = await person('CA-ON');
  const listId = 'list_01jd0000000000000000000000';
  for (const url of [
    `/v1/recipients/${id}/explain?listId=${listId}`,
    `/v1/mailable?listId=${listId}`,
  ]) {
    const { status, body } = await api.call({ url, key: tenant.key });
    expect([status, body.code, body.errors[0].path]).toEqual([422, 'unknown-list', 'listId']);
  }
});

describe('the law of the place, asked through HTTP', () => {
  const purchase = { consent: implied('purchase', lately) };
  const inquiry = { consent: implied('inquiry', lately) };

  it.each([
    ['C-02: Algeria is not listed: nothing on record', 'DZ', {}, false, 'no-consent (casl)'],
    ['C-02: Algeria is not listed: CASL decides', 'DZ', inquiry, true, 'implied-consent (casl)'],
    ['C-02: France is listed: its own law decides', 'FR', inquiry, false, 'foreign-law (gdpr)'],
    ['P-01: Quebec, a purchase only', 'CA-QC', purchase, false, 'no-privacy-basis (law25)'],
    ['P-03: Germany, an inquiry', 'DE', inquiry, false, 'foreign-law (gdpr)'],
    ['P-03: CASL allows that inquiry', 'CA-ON', inquiry, true, 'implied-consent (casl)'],
  ])('%s', async (_case, place, more, allow, reason) => {
    expect(await explained(await person(place, more))).toEqual([allow, reason]);
  });

  it('P-02: a work address in Quebec passes under the exclusion', async () => {
    const id = await person('CA-QC', { ...purchase, ...on('business-contact') });
    expect(await explained(id)).toEqual([true, 'implied-consent (casl)', 'privacy-basis (law25)']);
  });
});
