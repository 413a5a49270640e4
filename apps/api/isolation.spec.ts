import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SCOPES } from '#domain/api-key/index';
import { streamDefinitions } from '#domain/streams';
import { newId } from '#libs/ledger/index';
import * as kernel from '#domain/kernel/index';
import { routesOf } from './create-api.ts';
import { issueKey } from './testing/accounts.ts';
import { OPERATOR_KEY, runApi, type Answered, type RunningApi } from './testing/running-api.ts';
import { WALK, type Ids, type Step } from './testing/walk.ts';
import { buildWorld, type World } from './testing/world.ts';

let api: RunningApi;
let ours: World;
let theirs: World;
let before: number;
const keys = new Map<string, string>();

const eventsOf = async (accountId: string): Promise<number> => {
  const events = await api.engines.ledger.readAll({ limit: 100_000, formats: streamDefinitions });
  return events.filter(({ metadata }) => metadata.accountId === accountId).length;
};

beforeAll(async () => {
  api = await runApi();
  ours = await buildWorld(api, 'hirondelle');
  theirs = await buildWorld(api, 'cormoran');
  before = await eventsOf(theirs.accountId);
  for (const scope of SCOPES) keys.set(scope, await issueKey(api, ours.accountId, [scope]));
});
afterAll(() => api.close());

const random = (): Ids => ({
  accountId: newId(kernel.AccountId),
  keyId: newId(kernel.ApiKeyId),
  listId: newId(kernel.ListId),
  wordingId: newId(kernel.WordingId),
  statementHash: '0'.repeat(64),
  formId: newId(kernel.FormId),
  newsletterId: newId(kernel.NewsletterId),
  campaignId: newId(kernel.CampaignId),
  importId: newId(kernel.ImportId),
  recipientId: newId(kernel.RecipientId),
  suppressedId: newId(kernel.RecipientId),
});

/** As it was answered, without the ids that were asked with. */
const bare = ({ status, text }: Answered, ids: Ids): string =>
  Object.values(ids).reduce((left, id) => left.replaceAll(id, 'id'), `${String(status)} ${text}`);

const attempt = async (name: string, step: Step, key: string | undefined, ids: Ids) => {
  const [method, url] = name.split(' ') as ['GET', string];
  const call = step.call?.(ids, ours) ?? { url };
  return api.call({ method, ...call, ...(key !== undefined && { key }) });
};

const guarded = Object.entries(WALK).filter(([, { access }]) => access !== 'public');
const ofAccounts = guarded.filter(([, { access }]) => access !== 'operator');
const named = ofAccounts.filter(([, { withoutIds }]) => withoutIds !== true);
const ofOperator = guarded.filter(([, { access }]) => access === 'operator');

describe('the isolation walk (A-13, ACC-4)', () => {
  it('knows every route, and no other', () => {
    const routes = routesOf(api.app)
      .filter(({ method }) => method !== 'HEAD' && method !== 'OPTIONS')
      .map(({ method, url }) => `${method} ${url}`);
    expect(routes.sort()).toEqual(Object.keys(WALK).sort());
  });

  it.each(guarded)('%s refuses a caller without a key (401)', async (name, step) => {
    const answer = await attempt(name, step, undefined, ours);
    expect([answer.status, answer.body.code]).toEqual([401, 'unauthorized']);
  });

  it.each(ofOperator)('%s refuses every key of an account (403)', async (name, step) => {
    const answers = await Promise.all(
      [ours, theirs, random()].map((ids) => attempt(name, step, ours.key, ids)),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
  });

  it.each(ofAccounts)('%s refuses the operator’s key (403)', async (name, step) => {
    const answer = await attempt(name, step, OPERATOR_KEY, theirs);
    expect([answer.status, answer.body.code]).toEqual([403, 'wrong-kind-of-key']);
  });

  it.each(ofAccounts)('%s refuses every other scope (403)', async (name, step) => {
    const needed = step.access as readonly string[];
    const others = needed.length > 1 ? SCOPES : SCOPES.filter((scope) => !needed.includes(scope));
    for (const scope of others) {
      const answer = await attempt(name, step, keys.get(scope), ours);
      expect([scope, answer.status, answer.body.code]).toEqual([scope, 403, 'scope-missing']);
    }
  });

  it.each(named)('%s tells nothing of what is another account’s', async (name, step) => {
    const nobody = random();
    const foreign = await attempt(name, step, ours.key, theirs);
    const unknown = await attempt(name, step, ours.key, nobody);
    expect(bare(foreign, theirs)).toBe(bare(unknown, nobody));
    if (name !== 'POST /v1/recipients/batch') expect([404, 422]).toContain(foreign.status);
    expect(JSON.stringify(foreign)).not.toContain(theirs.canary);
  });

  it.each(ofAccounts)(
    '%s shows nothing of another account in what is one’s own',
    async (name, step) => {
      if (step.endless === true || name === 'POST /v1/recipients/:id/erase') return;
      const answer = await attempt(name, step, ours.key, ours);
      if (!/\/(pause|resume|start)$/.test(name)) expect(answer.status).toBe(step.status);
      expect(JSON.stringify(answer)).not.toContain(theirs.canary);
      expect(JSON.stringify(answer)).not.toContain(theirs.accountId);
    },
  );

  it('gives nothing for another account’s list, one id among one’s own (A-14)', async () => {
    const mixed = [ours.listId, theirs.listId];
    const answers = await Promise.all([
      api.call({
        method: 'POST',
        url: '/v1/recipients',
        key: ours.key,
        body: { email: 'm@example.org', listIds: mixed },
      }),
      api.call({
        method: 'POST',
        url: `/v1/recipients/${ours.recipientId}/lists`,
        key: ours.key,
        body: { join: mixed },
      }),
      api.call({
        method: 'POST',
        url: `/v1/recipients/${ours.recipientId}/lists`,
        key: ours.key,
        body: { leave: mixed },
      }),
      api.call({
        method: 'POST',
        url: '/v1/campaigns',
        key: ours.key,
        body: { newsletterId: ours.newsletterId, audience: { listIds: mixed } },
      }),
      api.call({
        method: 'PATCH',
        url: `/v1/forms/${ours.formId}`,
        key: ours.key,
        body: { listIds: mixed },
      }),
    ]);
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      answers.map(() => [422, 'unknown-list']),
    );
    const line = `${JSON.stringify({ email: 'n@example.org', listIds: [theirs.listId] })}\n`;
    const lines = await api.call({
      method: 'POST',
      url: '/v1/recipients/batch',
      key: ours.key,
      body: line,
      headers: { 'content-type': 'application/x-ndjson' },
    });
    expect(lines.body.items).toEqual([
      expect.objectContaining({ outcome: 'refused', code: 'unknown-list' }),
    ]);
    const found = await api.call({ url: `/v1/recipients?list=${theirs.listId}`, key: ours.key });
    expect(found.body.items).toEqual([]);
  });

  it('takes no cursor and no position of another account (A-14)', async () => {
    const pages = Object.entries(theirs.cursors).map(([list, cursor]) =>
      list === 'timeline'
        ? `/v1/recipients/${ours.recipientId}/timeline?cursor=${cursor}`
        : `${list}?cursor=${cursor}`,
    );
    const urls = [
      ...pages,
      `/v1/lists?after=${theirs.position}`,
      `/v1/events?after=${theirs.position}`,
    ];
    for (const url of urls) expect((await api.call({ url, key: ours.key })).status).toBe(400);
  });

  it('wrote nothing to the other account', async () => {
    expect(await eventsOf(theirs.accountId)).toBe(before);
  });
});
