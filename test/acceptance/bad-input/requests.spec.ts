import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Client } from '../support/client.ts';
import { OPERATOR_KEY } from '../support/program.ts';
import { expressMapping } from '../support/publisher.ts';
import { until } from '../support/until.ts';
import { bytes, importing, REQUESTS } from './refused-requests.ts';
import {
  CANARY,
  canaryIn,
  closeScene,
  EMAIL,
  expectProblem,
  expectUnharmed,
  openScene,
  recorded,
  send,
  type Scene,
} from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  // A second revision, so that the first ETag is stale.
  await scene.ours.client.patch(`/v1/lists/${scene.ids.list}`, { visible: false });
});
afterAll(() => closeScene(scene));

describe('a request that cannot be carried out', () => {
  // Named parameters beyond those of a row would be taken for Jest's callback.
  it.each(REQUESTS)(
    '%s: a problem, and nothing is written',
    async (...[, call, status, code, fault]) => {
      const before = await recorded(scene);
      const answer = await send(scene, call(scene));
      expectProblem(answer, [status, code]);
      if (fault !== undefined) expect(answer.body.errors[0].code).toBe(fault);
      expect(await recorded(scene)).toBe(before);
    },
  );

  it('names each fault of a body by its path, without its value (O-03)', async () => {
    const body = { email: 7, language: CANARY.repeat(9), listIds: [CANARY], [CANARY]: true };
    const { body: problem, text } = await send(scene, { path: '/v1/recipients', body });
    expect(problem.errors.map(({ path: at }: { path: string }) => at).sort()).toEqual(
      ['email', 'language', 'listIds', CANARY].sort(),
    );
    expect(text).not.toContain(CANARY.repeat(2));
  });

  it('gives another account’s ids the very answer of ids that nobody has (A-13)', async () => {
    const kinds = [
      ['list', '/v1/lists/'],
      ['wording', '/v1/wordings/'],
      ['newsletter', '/v1/newsletters/'],
      ['campaign', '/v1/campaigns/'],
      ['form', '/v1/forms/'],
      ['recipient', '/v1/recipients/'],
    ] as const;
    for (const [kind, at] of kinds) {
      const [foreign, unknown] = await Promise.all(
        [scene.foreign, scene.unknown].map((ids) =>
          send(scene, { method: 'GET', path: at + ids[kind] }),
        ),
      );
      expect([foreign?.status, foreign?.text]).toEqual([404, unknown?.text]);
    }
  });

  it('takes a repeated request once, and no other with its key', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const request = {
      path: '/v1/recipients',
      body: { email: 'once@repeat.example' },
      headers: key,
    };
    const first = await send(scene, request);
    const before = await recorded(scene);
    const second = await send(scene, request);
    expect([second.status, second.text]).toEqual([first.status, first.text]);
    const other = await send(scene, { ...request, body: { email: 'twice@repeat.example' } });
    expectProblem(other, [422, 'idempotency-key-reused']);
    expect(await recorded(scene)).toBe(before);
  });

  it('makes one of many requests with the same key at once', async () => {
    const before = await recorded(scene);
    const key = { 'idempotency-key': randomUUID() };
    const body = { name: { en: 'Simultaneous' } };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => send(scene, { path: '/v1/lists', body, headers: key })),
    );
    const ids = answers.flatMap(({ status, body: made }) => (status === 201 ? [made.id] : []));
    expect(new Set(ids).size).toBe(1);
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(await recorded(scene)).toBe(before + 1);
  });

  it('judges each item of a batch by itself', async () => {
    const lines = [
      JSON.stringify({ email: 'good@batch.example' }),
      '{"email":',
      JSON.stringify({ email: EMAIL, [CANARY]: 1 }),
      JSON.stringify({ email: 'not an address' }),
    ];
    const { status, body } = await send(scene, {
      path: '/v1/recipients/batch',
      body: lines.join('\n'),
      headers: { 'content-type': 'application/x-ndjson' },
    });
    expect(status).toBe(200);
    const items = body.items ?? body;
    expect(
      items.map(({ code, outcome }: { code?: string; outcome: string }) => code ?? outcome),
    ).toEqual(['created', 'malformed-request', 'unknown-field', 'invalid-address-syntax']);
  });

  it.each([
    ['in Latin-1', bytes('Email,Prenom,Langue,Date\n', EMAIL, ',Ren', [0xe9], ',fr,2025-01-01\n')],
    [
      'with a quote that never ends',
      bytes(`Email,Prenom,Langue,Date\n"${EMAIL},x,fr,2025-01-01\n`),
    ],
    ['without the column of the address', bytes(`Prenom,Langue,Date\n${CANARY},fr,2025-01-01\n`)],
    ['that is no table at all', bytes([1, 2, 3, 4], CANARY)],
  ])('says why a file %s is not imported, and imports nobody', async (_, file) => {
    const { ours } = scene;
    const mapping = JSON.stringify(expressMapping(ours.listId, ours.wordingId));
    const queued = await send(scene, importing(file, 'text/csv', mapping));
    if (queued.status === 202) {
      const ended = await ours.imported(queued.body.id);
      expect([ended.status, ended.created]).toEqual(['failed', 0]);
      expect(ended.failure).toMatchObject({
        code: expect.stringMatching(/./),
        message: expect.stringMatching(/./),
      });
      expect(canaryIn('answer', JSON.stringify(ended))).toEqual([]);
    } else {
      expectProblem(queued, [queued.status, queued.body.code]);
      expect([400, 415, 422]).toContain(queued.status);
    }
    expect(await ours.find(EMAIL)).toBeUndefined();
  });

  it('a revoked key is refused like one that never was', async () => {
    const operator = new Client(scene.product.url, OPERATOR_KEY);
    const keys = `/v1/accounts/${scene.ours.accountId}/api-keys`;
    const { id, key } = (await operator.post(keys, { name: 'for a while', scopes: ['*'] })).body;
    const request = { method: 'GET', path: '/v1/account', key } as const;
    expect((await send(scene, request)).status).toBe(200);
    await operator.call('DELETE', `${keys}/${id}`);
    const refused = await until('the revoked key to be refused', async () => {
      const answer = await send(scene, request);
      return answer.status !== 200 && answer;
    });
    expectProblem(refused, [401, 'unauthorized']);
  });
});

describe('after all of this', () => {
  it('the log has no error, no stack, and nobody’s data, and the product goes on serving (O-03)', () =>
    expectUnharmed(scene));
});
