import { once } from 'node:events';
import { get as httpGet, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { openTenant, type Tenant } from '../testing/accounts.ts';
import { OPERATOR_KEY, runApi, type Answered, type RunningApi } from '../testing/running-api.ts';

type Line = { recipientId: string; allow: boolean; basis?: string; reasons: string[] };
type Change = { recipientId: string; change: string; from: Line; to: Line };

const DAY = 86_400_000;
const START = Date.parse('2026-03-02T15:00:00Z');

let api: RunningApi;
let tenant: Tenant;
let list: string;
let other: string;
let now = START;
/** The time of day moves on with every call, so that no two things happen at once. */
const clock = (): number => (now += 5);
const after = (days: number): string => new Date(START + days * DAY).toISOString();

beforeAll(async () => {
  api = await runApi({ clock });
  tenant = await openTenant(api);
  list = (await post('/v1/lists', { name: { en: 'News' } })).body.id;
  other = (await post('/v1/lists', { name: { en: 'Offers' } })).body.id;
  await live();
});
afterAll(() => api.close());

const post = (url: string, body: unknown, method: 'POST' | 'PATCH' = 'POST'): Promise<Answered> =>
  api.call({ method, url, key: tenant.key, body });
const get = (url: string, headers = {}): Promise<Answered> =>
  api.call({ url, key: tenant.key, headers });

const people: Record<string, string> = {};
const person = async (name: string, consent: object, listIds = [list]): Promise<void> => {
  const answer = await post('/v1/recipients', {
    email: `${name}@example.org`,
    listIds,
    privacyBasis: { kind: 'express' },
    consent,
  });
  expect(answer.status).toBe(201);
  people[name] = answer.body.id;
};
const express = {
  kind: 'express',
  date: '2026-03-01',
  method: 'web form',
  source: 'shop',
  evidence: { reference: 'form 3' },
};
const inquiry = {
  kind: 'implied',
  basis: 'inquiry',
  date: '2026-03-01',
  method: 'mail',
  source: 'shop',
  evidence: { reference: 'letter 1' },
};

/** Day 0: four people. 10: ben leaves. 20: cleo is erased. 30: dora joins the list. 184: ana's inquiry is old. */
const live = async (): Promise<void> => {
  await person('ana', inquiry);
  await person('ben', express);
  await person('cleo', express);
  await person('dora', express, [other]);
  const onDay = async (days: number, url: string, body: object): Promise<void> => {
    now = START + days * DAY;
    expect((await post(url, body)).status).toBeLessThan(300);
  };
  await onDay(10, `/v1/recipients/${people['ben']}/unsubscribe`, { scope: 'all' });
  await onDay(20, `/v1/recipients/${people['cleo']}/erase`, { reason: 'asked' });
  await onDay(30, `/v1/recipients/${people['dora']}/lists`, { join: [list] });
  now = START + 40 * DAY;
};

const parsed = ({ text }: Answered): { lines: Line[]; summary: Record<string, unknown> } => {
  const lines = text.trimEnd().split('\n').map((line) => JSON.parse(line)); // prettier-ignore
  return { summary: lines.at(-1).summary, lines: lines.slice(0, -1) };
};
const nameOf = (id: string): string =>
  Object.entries(people).find(([, each]) => each === id)?.[0] ?? 'nobody';
const verdicts = (answer: Answered): Record<string, string> =>
  Object.fromEntries(
    parsed(answer).lines.map(({ recipientId, allow, reasons }) => [
      nameOf(recipientId),
      `${allow ? 'yes' : 'no'}, ${reasons[0] ?? ''}`,
    ]),
  );
const at = (days: number, more = ''): Promise<Answered> =>
  get(`/v1/mailable?at=${after(days)}${more}`);

describe('who could be mailed, and why (CON-6)', () => {
  it('answers for a day in the past, of people erased and unsubscribed since too', async () => {
    const answer = await at(5);
    expect(verdicts(answer)).toMatchObject({
      ana: 'yes, implied-consent',
      ben: 'yes, express-consent',
      cleo: 'yes, express-consent',
      dora: 'yes, express-consent',
    });
    expect(parsed(answer).summary).toEqual({
      at: after(5),
      allowed: 4,
      denied: 0,
      byReason: { 'express-consent': 3, 'implied-consent': 1 },
    });
  });

  it('answers for today and for days to come, where the clock alone moves on', async () => {
    expect(verdicts(await get('/v1/mailable'))).toEqual({
      ana: 'yes, implied-consent',
      ben: 'no, unsubscribed-all',
      cleo: 'no, erased',
      dora: 'yes, express-consent',
    });
    expect(verdicts(await at(365))).toMatchObject({ ana: 'no, consent-expired' });
  });

  it('says nothing of people whom nobody knew yet', async () => {
    expect(parsed(await at(-1))).toMatchObject({ lines: [], summary: { allowed: 0, denied: 0 } });
  });

  it('asks of one list about those who had to do with it by then', async () => {
    const of = `&listId=${list}`;
    expect(Object.keys(verdicts(await at(5, of))).sort()).toEqual(['ana', 'ben', 'cleo']);
    expect(verdicts(await at(15, of))).toMatchObject({ ben: 'no, unsubscribed-all' });
    expect(verdicts(await at(35, of))).toMatchObject({ dora: 'yes, express-consent' });
  });

  it('counts each person once, so that the reasons add up to all of them', async () => {
    for (const days of [-1, 1, 12, 25, 39, 500]) {
      const { lines, summary } = parsed(await at(days));
      const counted = Object.values(summary['byReason'] as Record<string, number>);
      expect(counted.reduce((sum, each) => sum + each, 0)).toBe(lines.length);
      expect(Number(summary['allowed']) + Number(summary['denied'])).toBe(lines.length);
    }
  });

  it('says of each person what explain says', async () => {
    for (const days of [1, 12, 25, 35, 300]) {
      const { lines } = parsed(await at(days, `&listId=${list}`));
      expect(lines.length).toBeGreaterThan(1);
      for (const { recipientId, ...line } of lines) {
        const url = `/v1/recipients/${recipientId}/explain?listId=${list}&at=${after(days)}`;
        const { allow, basis, lastDay, reasons } = (await get(url)).body;
        const codes = reasons.map(({ code }: { code: string }) => code);
        const whole = { allow, basis, lastDay, reasons: [...new Set(codes)] };
        expect(JSON.parse(JSON.stringify(whole))).toEqual(line);
      }
    }
  });

  it('judges a class that needs no consent without asking for any', async () => {
    expect(verdicts(await at(35, '&class=transactional'))).toMatchObject({
      ben: 'yes, transactional',
      cleo: 'no, erased',
    });
  });

  it('gives the same answer for a past instant whatever is recorded afterwards', async () => {
    const before = [await at(5), await at(15, `&listId=${list}`), await at(39)];
    now = START + 41 * DAY;
    await person('eve', express);
    await post(`/v1/recipients/${people['dora']}/unsubscribe`, { scope: 'all' });
    const again = [await at(5), await at(15, `&listId=${list}`), await at(39)];
    expect(again.map(({ text }) => text)).toEqual(before.map(({ text }) => text));
    expect(verdicts(await get('/v1/mailable'))).toMatchObject({ dora: 'no, unsubscribed-all' });
  });

  it('applies the terms of the account that were in force then', async () => {
    // Ana's consent ends with 1 September, which is over sooner in the middle of the Pacific.
    now = Date.parse('2026-09-01T16:00:00Z');
    const url = `/v1/accounts/${tenant.accountId}`;
    const body = { timeZone: 'Pacific/Kiritimati' };
    const changed = await api.call({ method: 'PATCH', url, key: OPERATOR_KEY, body });
    expect(changed.status).toBe(200);
    now = Date.parse('2026-09-01T20:00:00Z');
    const ana = async (instant: string) => verdicts(await get(`/v1/mailable?at=${instant}`))['ana'];
    expect(await ana('2026-09-01T15:00:00Z')).toBe('yes, implied-consent');
    expect(await ana('2026-09-01T17:00:00Z')).toBe('no, consent-expired');
  });
});

describe('the difference between two instants (CON-6)', () => {
  const between = async (from: number, to: number, more = '') => {
    const url = `/v1/mailable/difference?from=${after(from)}&to=${after(to)}${more}`;
    const { lines, summary } = parsed(await get(url));
    const changes = (lines as unknown as Change[]).map(({ recipientId, change, to: later }) => [
      nameOf(recipientId),
      `${change}, ${later.reasons[0] ?? ''}`,
    ]);
    return { changes: Object.fromEntries(changes) as object, summary };
  };

  it('names those whose answer is another one, and counts why', async () => {
    expect(await between(5, 25)).toEqual({
      changes: { ben: 'ended, unsubscribed-all', cleo: 'ended, erased' },
      summary: {
        from: after(5),
        to: after(25),
        began: 0,
        ended: 2,
        changed: 0,
        byReason: { 'unsubscribed-all': 1, erased: 1 },
      },
    });
    expect(await between(-1, 1)).toMatchObject({ summary: { began: 4, ended: 0 } });
  });

  it('sees one join a list, and one erased who was on it', async () => {
    expect(await between(5, 39, `&listId=${list}`)).toMatchObject({
      changes: { ben: 'ended, unsubscribed-all', cleo: 'ended, erased', dora: 'began, express-consent' }, // prettier-ignore
    });
  });

  it('finds nothing between an instant and itself', async () => {
    expect(await between(7, 7)).toMatchObject({ changes: {}, summary: { changed: 0 } });
  });

  it('refuses instants in the wrong order, and what is no instant', async () => {
    const url = '/v1/mailable/difference';
    const backwards = await get(`${url}?from=${after(2)}&to=${after(1)}`);
    expect([backwards.status, backwards.body.errors[0].path]).toEqual([400, 'to']);
    for (const query of ['', `?from=${after(1)}`, `?from=${after(1)}&to=soon`]) {
      expect((await get(url + query)).status).toBe(400);
    }
  });
});

describe('the form of the answer', () => {
  it('is as the document says, line by line', async () => {
    const document = (await get('/openapi.json')).body;
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    ajvFormats.default(ajv);
    ajv.addSchema(document, 'openapi');
    const schema = (name: string): ValidateFunction =>
      ajv.compile({ $ref: `openapi#/components/schemas/${name}` });
    const check = async (url: string, line: string, summary: string): Promise<void> => {
      const rows = (await get(url)).text.trimEnd().split('\n').map((row) => JSON.parse(row) as unknown); // prettier-ignore
      const [validLine, validSummary] = [schema(line), schema(summary)];
      expect(rows.length).toBeGreaterThan(1);
      for (const row of rows.slice(0, -1)) expect([validLine(row), validLine.errors]).toEqual([true, null]); // prettier-ignore
      expect([validSummary(rows.at(-1)), validSummary.errors]).toEqual([true, null]);
    };
    await check('/v1/mailable', 'MailableLineAnswer', 'MailableSummaryAnswer');
    const url = `/v1/mailable/difference?from=${after(-1)}&to=${after(25)}`;
    await check(url, 'DifferenceLineAnswer', 'DifferenceSummaryAnswer');
  });

  it('is CSV where that is asked for', async () => {
    const csv = { accept: 'text/csv' };
    const answer = await get(`/v1/mailable?at=${after(5)}`, csv);
    expect(answer.headers['content-type']).toMatch(/^text\/csv/);
    const [head, ...rows] = answer.text.trimEnd().split('\r\n');
    expect(head).toBe('recipientId,allow,basis,lastDay,reasons');
    expect(rows).toContain(
      `${people['ana']},true,inquiry,2026-09-01,implied-consent privacy-basis`,
    );
    const difference = `/v1/mailable/difference?from=${after(5)}&to=${after(12)}`;
    expect((await get(difference, csv)).text).toContain(`${people['ben']},ended,true,express,,`);
    expect((await get('/v1/mailable', { accept: 'image/png' })).status).toBe(406);
  });

  it('holds nothing personal', async () => {
    const answer = await get('/v1/mailable');
    expect(answer.text).not.toMatch(/@|example/);
  });
});

describe('a reader who leaves', () => {
  it('ends the work', async () => {
    const rows = Array.from({ length: 400 }, (_, n) => ({
      email: `many${n}@example.org`,
      listIds: [list],
    }));
    expect((await post('/v1/recipients/batch', rows)).status).toBe(200);
    const { ledger } = api.engines;
    const actual = ledger.readMany.bind(ledger);
    const { promise: held, resolve: release } = Promise.withResolvers<undefined>();
    let reads = 0;
    const readMany = jest.spyOn(ledger, 'readMany');
    readMany.mockImplementation(async (...words) => {
      reads += 1;
      if (reads === 2) await held;
      return actual(...words);
    });
    await api.app.listen(0, '127.0.0.1');
    const server = api.app.getHttpServer();
    const asked = once(server, 'request');
    const { port } = server.address() as AddressInfo;
    const headers = { authorization: `Bearer ${tenant.key}` };
    const request = httpGet({ port, path: '/v1/mailable', headers });
    const [, reply] = (await asked) as [IncomingMessage, ServerResponse];
    const left = once(reply, 'close');
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    await once(response, 'data');
    response.destroy();
    await left;
    await turns(2);
    release(undefined);
    await turns(20);
    expect(reads).toBe(2);
    readMany.mockRestore();
  });
});

/** Lets everything run that has nothing to wait for. */
const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await setImmediate();
};
