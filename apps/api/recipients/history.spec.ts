import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTenant, issueKey, type Tenant } from '../testing/accounts.ts';
import { runApi, type Answered, type RunningApi } from '../testing/running-api.ts';
import { today } from '../testing/today.ts';

let api: RunningApi;
let tenant: Tenant;
let list: string;
beforeAll(async () => {
  api = await runApi();
  tenant = await openTenant(api);
  list = (await post('/v1/lists', { name: { en: 'News' } })).body.id;
  await post('/v1/fields', { key: 'firstName', type: 'text', label: { en: 'First name' } });
});
afterAll(() => api.close());

const post = (url: string, body: unknown): Promise<Answered> =>
  api.call({ method: 'POST', url, key: tenant.key, body });
const get = (url: string, key = tenant.key) => api.call({ url, key });

let count = 0;
const person = async (more = {}) => {
  const address = `history${String((count += 1))}@example.org`;
  const answer = await post('/v1/recipients', {
    email: address,
    listIds: [list],
    fields: { firstName: 'Solange' },
    consent: {
      kind: 'express',
      date: '2026-01-15',
      method: 'web form',
      source: 'shop',
      evidence: { reference: 'F-1' },
    },
    ...more,
  });
  return { id: String(answer.body.id), address, position: String(answer.headers['x-position']) };
};
/** What Law 25 asks for beside the permission to send. */
const informed = { privacyBasis: { kind: 'informed-at-collection' } };
type Item = { type: string; eventId: string; data: object; evidence: object; recordedAt: string };
const types = ({ body }: Answered) => body.items.map(({ type }: Item) => type);

describe('a timeline', () => {
  it('tells everything in order, with words in both languages and the proof of consents', async () => {
    const { id } = await person();
    const { headers } = await post(`/v1/recipients/${id}/unsubscribe`, {
      scope: 'all',
      reason: 'enough',
    });
    const answer = await get(`/v1/recipients/${id}/timeline?after=${headers['x-position']}`);
    expect(types(answer)).toEqual([
      'RecipientSubscribed',
      'ExpressConsentGiven',
      'RecipientUnsubscribed',
    ]);
    const [subscribed, consent, left] = answer.body.items;
    expect(subscribed).toMatchObject({
      actor: { kind: 'api-client', id: expect.stringMatching(/^key_/) },
      channel: 'api',
      data: { fields: { firstName: 'Solange' } },
      summary: { fr: expect.any(String), en: expect.any(String) },
    });
    expect(consent.evidence).toEqual({
      method: 'web form',
      source: 'shop',
      reference: 'F-1',
    });
    expect(left.data).toMatchObject({ scope: 'all', reason: 'enough' });
  });

  it('goes page by page, and back to any instant', async () => {
    const { id, position } = await person();
    const url = `/v1/recipients/${id}/timeline?after=${position}`;
    const first = await get(`${url}&limit=1`);
    const second = await get(`${url}&limit=1&cursor=${first.body.next}`);
    expect([...types(first), ...types(second)]).toEqual([
      'RecipientSubscribed',
      'ExpressConsentGiven',
    ]);
    expect(second.body.next).toBeNull();
    const before = new Date(Date.parse(first.body.items[0].recordedAt) - 1).toISOString();
    expect(types(await get(`${url}&at=${before}`))).toEqual([]);
    expect((await get(`${url}&at=yesterday`)).status).toBe(400);
  });

  it('keeps its skeleton after an erasure, and nothing of the person (PRV-2)', async () => {
    const { id, address } = await person();
    const erased = await post(`/v1/recipients/${id}/erase`, { reason: 'Solange asked' });
    expect([erased.status, erased.body]).toEqual([202, { id, status: 'erased' }]);
    const after = erased.headers['x-position'];
    const answer = await get(`/v1/recipients/${id}/timeline?after=${after}`);
    expect(types(answer)).toEqual([
      'RecipientSubscribed',
      'ExpressConsentGiven',
      'RecipientErased',
    ]);
    expect(answer.body.items[0].masked).toEqual(['data', 'evidence']);
    const recipient = await get(`/v1/recipients/${id}`);
    expect(recipient.body).toMatchObject({
      email: '•',
      status: 'erased',
      masked: ['email', 'fields'],
    });
    for (const { text } of [answer, recipient]) {
      expect(text).not.toContain('Solange');
      expect(text).not.toContain(address);
    }
    const again = await post('/v1/recipients', { email: address });
    expect([again.status, again.body.code]).toEqual([409, 'erased']);
    expect((await post(`/v1/recipients/${id}/erase`, {})).status).toBe(400);
  });
});

describe('explain (CON-6)', () => {
  it('says yes with its basis and the events that it rests on', async () => {
    const { id, position } = await person(informed);
    const answer = await get(`/v1/recipients/${id}/explain?listId=${list}`);
    expect(answer.body).toMatchObject({ allow: true, basis: 'express' });
    const timeline = await get(`/v1/recipients/${id}/timeline?after=${position}`);
    const consent = timeline.body.items.find(({ type }: Item) => type === 'ExpressConsentGiven');
    expect(answer.body.reasons).toEqual([
      expect.objectContaining({
        code: 'express-consent',
        regime: 'casl',
        eventIds: [consent.eventId],
      }),
      expect.objectContaining({ code: 'privacy-basis', regime: 'law25' }),
    ]);
  });

  it('P-01: names the regime that is not satisfied', async () => {
    const { id } = await person({ jurisdiction: 'CA-QC' });
    const { allow, reasons } = (await get(`/v1/recipients/${id}/explain?listId=${list}`)).body;
    expect(allow).toBe(false);
    expect(reasons).toEqual([
      expect.objectContaining({
        code: 'no-privacy-basis',
        regime: 'law25',
        section: 'P-39.1 s. 12',
      }),
    ]);
  });

  it('answers for the past and the future', async () => {
    const { id } = await person({
      ...informed,
      consent: {
        kind: 'implied',
        basis: 'inquiry',
        date: today(),
        evidence: { reference: 'Q-1' },
      },
    });
    const at = async (instant: string) => {
      const { allow, reasons } = (await get(`/v1/recipients/${id}/explain?at=${instant}`)).body;
      return [allow, reasons[0].code];
    };
    expect(await at('2020-01-01T00:00:00Z')).toEqual([false, 'unknown-recipient']);
    expect(await at(new Date(Date.now() + 3 * 86_400_000).toISOString())).toEqual([
      true,
      'implied-consent',
    ]);
    expect(await at('2031-01-01T00:00:00Z')).toEqual([false, 'consent-expired']);
  });

  it('says no to those who left, whatever the class allows', async () => {
    const { id } = await person();
    await post(`/v1/recipients/${id}/unsubscribe`, { scope: 'all' });
    const commercial = (await get(`/v1/recipients/${id}/explain`)).body;
    expect(commercial.allow).toBe(false);
    expect(commercial.reasons.map(({ code }: { code: string }) => code)).toContain(
      'unsubscribed-all',
    );
    expect((await get(`/v1/recipients/${id}/explain?class=transactional`)).body.allow).toBe(true);
    for (const query of ['class=spam', 'at=now', 'listId=x', 'colour=red']) {
      expect((await get(`/v1/recipients/${id}/explain?${query}`)).status).toBe(400);
    }
  });
});

describe('state', () => {
  it('is what the ledger knew at that instant', async () => {
    const { id } = await person();
    const before = new Date().toISOString();
    await new Promise<void>((resolve) => {
      const wait = () => (new Date().toISOString() > before ? resolve() : setImmediate(wait));
      wait();
    });
    await post(`/v1/recipients/${id}/unsubscribe`, { scope: 'all' });
    const state = async (query: string) =>
      (await get(`/v1/recipients/${id}/state${query}`)).body.status;
    expect(await state(`?at=${before}`)).toBe('active');
    expect(await state('')).toBe('unsubscribed');
    expect(await state('?at=2020-01-01T00:00:00Z')).toBe(404);
  });
});

describe('the events of an account (LED-5)', () => {
  const lines = ({ text }: Answered) =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map(
        (line) =>
          JSON.parse(line) as Item & { position: string; personal?: object; revision: number },
      );

  it('come as NDJSON in the order of the ledger, and go on from any position', async () => {
    const all = lines(await get('/v1/events?limit=10000'));
    expect(all[0]?.type).toBe('AccountOpened');
    const from = all[2]?.position;
    const rest = await get(`/v1/events?after=${from}&limit=10000`);
    expect(lines(rest).map(({ eventId }) => eventId)).toEqual(
      all.slice(3).map(({ eventId }) => eventId),
    );
    const end = rest.headers['x-position'];
    const nothing = await get(`/v1/events?after=${end}`);
    expect([nothing.status, nothing.text]).toEqual([200, '']);
  });

  it('can be chosen by type, and are paged without loss', async () => {
    const seen: string[] = [];
    for (let after = ''; ;) {
      const page = await get(`/v1/events?types=RecipientSubscribed,ListCreated&limit=2${after}`);
      if (page.text === '') break;
      seen.push(...lines(page).map(({ type }) => type));
      after = `&after=${String(page.headers['x-position'])}`;
    }
    const all = lines(await get('/v1/events?limit=10000')).map(({ type }) => type);
    expect(seen).toEqual(
      all.filter((type) => type === 'RecipientSubscribed' || type === 'ListCreated'),
    );
    expect((await get('/v1/events?types=a;b')).status).toBe(400);
  });

  it('hold personal data for keys that may export it only, and never a secret’s hash', async () => {
    await person();
    const reader = await issueKey(api, tenant.accountId, ['events:read']);
    const without = await get('/v1/events?limit=10000', reader);
    expect(without.text).not.toContain('Solange');
    expect(without.text).not.toContain('secretHash');
    expect((await get('/v1/events?limit=10000')).text).toContain('Solange');
  });
});

describe('COL-6: the dates on a recipient', () => {
  it('are those of events: the first subscription, the consent, and the last change by anybody', async () => {
    const { id } = await person(informed);
    const put = { method: 'PUT' as const, url: `/v1/recipients/${id}/language`, key: tenant.key };
    const changed = await api.call({ ...put, body: { language: 'en' } });
    const { subscribedAt, lastChangeAt, consent } = (await get(`/v1/recipients/${id}`)).body;
    const url = `/v1/recipients/${id}/timeline?after=${String(changed.headers['x-position'])}`;
    const { items } = (await get(url)).body;
    const dates = items.map(({ type, data }: Item) => [type, data as Record<string, unknown>]);
    const of = new Map<string, Record<string, unknown>>(dates);
    expect(subscribedAt).toBe(of.get('RecipientSubscribed')?.['at']);
    expect(consent.date).toBe(of.get('ExpressConsentGiven')?.['date']);
    expect(lastChangeAt).toBe(of.get('LanguageChanged')?.['at']);
    expect(items.at(-1)).toMatchObject({ type: 'LanguageChanged', actor: { kind: 'api-client' } });
  });
});

describe('CON-8: the regimes that an account chooses', () => {
  it('are the ones that decide, from the change on; the past is answered by those of then', async () => {
    const { id } = await person({ jurisdiction: 'CA-QC' });
    const explain = async (at?: string) => {
      const query = at === undefined ? '' : `?at=${at}`;
      const { allow, reasons } = (await get(`/v1/recipients/${id}/explain${query}`)).body;
      return [allow, [...new Set(reasons.map(({ regime }: { regime: string }) => regime))]];
    };
    const choose = (regimes: readonly string[]) =>
      api.call({ method: 'PATCH', url: '/v1/account', key: tenant.key, body: { regimes } });
    expect(await explain()).toEqual([false, ['law25']]);
    const { recordedAt } = (await get(`/v1/recipients/${id}/dossier`)).body.events.at(-1);
    await choose(['casl']);
    expect(await explain()).toEqual([true, ['casl']]);
    expect(await explain(recordedAt)).toEqual([false, ['law25']]);
    await choose(['casl', 'law25']);
    expect(await explain()).toEqual([false, ['law25']]);
  });
});
