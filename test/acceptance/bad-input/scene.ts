import { Client, type Answer, type Sent } from '../support/client.ts';
import { expect } from '@jest/globals';
import { openEngines, type Engines } from '#apps/composition/index';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';
import { findIn, needlesFor } from '../support/byte-search.ts';
import { engineConfig } from '../support/engines.ts';
import { LedgerCount } from '../support/ledger-count.ts';
import { startProduct, type RunningProgram } from '../support/program.ts';
import { Publisher } from '../support/publisher.ts';

/** Stands in the wrong places of bad requests: no answer and no log line may repeat it. */
export const CANARY = 'Hildegunst.Mythenmetz';
export const EMAIL = `${CANARY}@zamonien-lindwurm.example`;
const canary = needlesFor([CANARY, 'zamonien-lindwurm']);

export type Call = Readonly<{
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  body?: Sent;
  headers?: Record<string, string>;
  /** Nobody's key, instead of the account's. */
  key?: string;
}>;

export type Ids = Readonly<{
  list: string;
  recipient: string;
  wording: string;
  newsletter: string;
  campaign: string;
  form: string;
}>;

/** A running product with two publishers, and ids of each kind: ours, theirs, and nobody's. */
export type Scene = Readonly<{
  directory: string;
  product: RunningProgram;
  /** What the product writes to, opened beside it. */
  engines: Engines;
  count: LedgerCount;
  ours: Publisher;
  theirs: Publisher;
  ids: Ids;
  foreign: Ids;
  unknown: Ids;
}>;

const idsOf = async (publisher: Publisher): Promise<Ids> => {
  const { client, listId, wordingId } = publisher;
  const person = { email: `first@${publisher.accountId.slice(-10)}.example`, listIds: [listId] };
  const newsletter = await publisher.write('Nouvelles');
  const draft = { newsletterId: newsletter, audience: { listIds: [listId] } };
  const terms = { name: 'f', listIds: [listId], wordingId, optIn: 'double' };
  return {
    list: listId,
    wording: wordingId,
    recipient: (await client.post('/v1/recipients', person)).body.id,
    newsletter,
    campaign: (await client.post('/v1/campaigns', draft)).body.id,
    form: (await client.post('/v1/forms', terms)).body.id,
  };
};

export const openScene = async (): Promise<Scene> => {
  const directory = await newDataDirectory();
  const product = await startProduct(directory);
  const engines = await openEngines(engineConfig(directory), ({ code }) => {
    throw new Error(code);
  });
  const count = new LedgerCount(engines.eventLog);
  const [ours, theirs] = [await Publisher.open(product), await Publisher.open(product)];
  const ids = await idsOf(ours);
  const unknown = Object.fromEntries(
    Object.entries(ids).map(([kind, id]) => [kind, id.replace(/.{6}$/, '7zzzzz')]),
  ) as Ids;
  const foreign = await idsOf(theirs);
  return { directory, product, engines, count, ours, theirs, ids, foreign, unknown };
};

export const closeScene = async ({ product, engines, directory }: Scene): Promise<void> => {
  await engines.close();
  await product.kill();
  await removeDataDirectory(directory);
};

export const send = (
  { product, ours }: Scene,
  { method = 'POST', path: address, key, ...options }: Call,
): Promise<Answer> => new Client(product.url, key ?? ours.key).call(method, address, options);

/** How many events the ledger holds. */
export const recorded = ({ count }: Scene): Promise<number> => count.now();

/** Where the canary stands in these bytes. */
export const canaryIn = (name: string, content: string): readonly unknown[] =>
  findIn(name, Buffer.from(content), canary);

export const expectProblem = (
  { status, headers, text, body }: Answer,
  expected: readonly [number, string],
) => {
  expect([status, body?.code ?? text]).toEqual(expected);
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(body).toEqual({
    type: expect.stringMatching(/./),
    title: expect.stringMatching(/./),
    status: expected[0],
    code: expected[1],
    detail: expect.stringMatching(/./),
    errors: expect.any(Array),
  });
  expect(text).not.toMatch(/\bat \S+ \(|node_modules|\.ts:|\.js:|SQLITE/);
};

/** Nothing that was sent wrong may have left a trace in the log, or harmed the product. */
export const expectUnharmed = async (scene: Scene): Promise<void> => {
  const { out, err } = scene.product.printed();
  expect(canaryIn('log', out + err)).toEqual([]);
  expect(err).not.toMatch(/"level":"(error|fatal)"|^\s+at /m);
  expect((await send(scene, { method: 'GET', path: '/v1/account' })).status).toBe(200);
  expect(scene.product.hasEnded()).toBe(false);
};
