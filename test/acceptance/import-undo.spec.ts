import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startSmtpSink, type SmtpSink } from '#libs/mailer/testing/smtp-sink';
import { newDataDirectory, removeDataDirectory } from './support/data-directory.ts';
import { linkIn, messageTo, oneClickOf } from './support/messages.ts';
import { runToEnd, startProduct, type RunningProgram } from './support/program.ts';
import { expressMapping, Publisher } from './support/publisher.ts';
import { until } from './support/until.ts';

// A process that was killed holds its leases for a while.
jest.setTimeout(240_000);

const READERS = 200;
const STRANGERS = 400;

const file = (
  ...parts: readonly (readonly [name: string, rows: number, first: string])[]
): string =>
  [
    'Email,Prenom,Langue,Date',
    ...parts.flatMap(([name, rows, first]) =>
      Array.from(
        { length: rows },
        (_, n) => `${name}${String(n)}@exemple.example,${first},en,2026-03-01`,
      ),
    ),
  ].join('\n');

let directory: string;
let sink: SmtpSink;
let product: RunningProgram;
const started: RunningProgram[] = [];
let publisher: Publisher;

beforeAll(async () => {
  directory = await newDataDirectory();
  sink = await startSmtpSink();
  await start();
  publisher = await Publisher.open(product);
});
afterAll(async () => {
  for (const each of started) if (!each.hasEnded()) await each.kill();
  await sink.close();
  await removeDataDirectory(directory);
});

const start = async (): Promise<void> => {
  product = await startProduct(directory, { ATTESTA_SMTP_URL: sink.url });
  started.push(product);
};

const countOf = async (query: string): Promise<number> => {
  let count = 0;
  let cursor: string | null | undefined;
  do {
    const more: string = cursor ? `&cursor=${cursor}` : '';
    const { body } = await publisher.client.get(`/v1/recipients?limit=100&${query}${more}`);
    count += (body.items as unknown[]).length;
    cursor = body.next as string | null;
  } while (cursor);
  return count;
};

describe('IMP-1 somebody imported the wrong file', () => {
  it('and everything is as before, but for what was done since, even when the machine stops', async () => {
    const { client, listId, wordingId, accountId } = publisher;
    const mapping = expressMapping(listId, wordingId);
    await publisher.import(file(['reader', READERS, 'Right']), mapping);
    const wrong = await publisher.upload(
      file(['reader', READERS, 'Wrong'], ['stranger', STRANGERS, 'Wrong']),
      { ...mapping, consent: { ...mapping.consent, method: 'another form' } },
    );
    expect(await publisher.imported(wrong)).toMatchObject({
      created: STRANGERS,
      updated: READERS,
    });

    // What people and others do until somebody notices.
    await publisher.completed(await publisher.start(await publisher.write('Trop tôt')));
    expect(sink.received.size).toBe(READERS + STRANGERS);
    const [refusing, renamed, erased] = await Promise.all(
      ['stranger0', 'reader0', 'stranger1'].map(
        async (name): Promise<string> => (await publisher.find(`${name}@exemple.example`)).id,
      ),
    );
    await client.post(`/v1/recipients/${refusing}/unsubscribe`, { scope: 'all' });
    await client.call('PATCH', `/v1/recipients/${renamed}`, {
      body: { fields: { firstName: 'Own' } },
    });
    await client.post(`/v1/recipients/${erased}/erase`, { reason: 'asked' });

    const asked = await client.post(`/v1/imports/${wrong}/undo`);
    expect([asked.status, asked.body]).toEqual([202, { id: wrong }]);
    // SIGKILL wherever the undo stands.
    await product.kill();
    await start();
    publisher = publisher.at(product);
    const undone = await until('the undo to end', async () => {
      const { body } = await publisher.client.get(`/v1/imports/${wrong}`);
      return body.status === 'undone' && body;
    });
    expect(undone.undo).toMatchObject({
      status: 'done',
      rows: READERS + STRANGERS,
      sentSince: READERS + STRANGERS,
    });
    const lines = (await publisher.client.get(`/v1/imports/${wrong}/undo/left`)).text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { recipientId: string; what: string; why: string });
    const left = lines.filter(({ why }) => why !== 'sent-since');
    expect(new Set(left.map(({ recipientId }) => recipientId))).toEqual(
      new Set([refusing, renamed, erased]),
    );
    expect(left).toContainEqual({
      recipientId: renamed,
      what: 'fields.firstName',
      why: 'changed-since',
      event: 'ProfileChanged',
    });
    expect(undone.undo.left).toBe(3);

    await until('the directory to have forgotten the strangers', async () => {
      return (await countOf(`list=${listId}`)) === READERS;
    });
    const { body: reader } = await publisher.client.get(
      `/v1/recipients/${(await publisher.find('reader1@exemple.example')).id}`,
    );
    expect(reader).toMatchObject({ fields: { firstName: 'Right' }, status: 'active' });
    expect(await publisher.find('stranger2@exemple.example')).toBeUndefined();
    expect((await publisher.find('stranger0@exemple.example')).status).toBe('unsubscribed');

    // UNS-1 Whoever got a message by mistake can still say no, and no later file goes over it.
    const early = await messageTo(sink.received, 'stranger3@exemple.example');
    const oneClick = new URL(oneClickOf(early));
    const said = await publisher.client.call('POST', oneClick.pathname, {
      body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
    });
    expect(said.status).toBe(200);
    const page = new URL(linkIn(early, '/u/'));
    expect((await publisher.client.call('GET', page.pathname)).status).toBe(200);
    const later = await publisher.import(file(['stranger', 4, 'Right']), mapping);
    expect(later).toMatchObject({ rows: 4, refused: 3 });
    expect(later.refusedBy).toMatchObject({
      'unsubscribed-all': 1,
      'unsubscribed-list': 1,
      erased: 1,
    });

    // The next newsletter reaches whom the right file named, and nobody else.
    const next = await publisher.start(await publisher.write('À l’heure'));
    expect((await publisher.completed(next)).counts).toMatchObject({ sent: READERS + 1 });

    // And the command line gives the same answer about what is done already, with the product stopped.
    await product.stop();
    const again = await runToEnd(
      'cli',
      ['import', 'undo', wrong, '--account', accountId, '--data-dir', directory, '--json'],
      {},
    );
    expect([again.status, again.err]).toEqual([0, '']);
    expect(JSON.parse(again.out)).toMatchObject({
      id: wrong,
      status: 'undone',
      left: 3,
      leftThings: left,
    });
  });

  it('and undoes it on the command line, with nothing else running', async () => {
    const { accountId } = publisher;
    await start();
    publisher = publisher.at(product);
    const mapping = expressMapping(publisher.listId, publisher.wordingId);
    const { id } = await publisher.import(file(['again', 300, 'Wrong']), mapping);
    await product.stop();
    const words = ['--account', accountId, '--data-dir', directory];
    const undone = await runToEnd('cli', ['import', 'undo', id, ...words], {
      LC_ALL: 'fr_CA.UTF-8',
    });
    expect([undone.status, undone.err]).toEqual([0, '']);
    expect(undone.out).toMatch(/^Importation annulée\.\n.*: 300\n/);

    const refusals = await Promise.all([
      runToEnd('cli', ['import', 'undo', 'people.csv', ...words], {}),
      runToEnd('cli', ['import', 'undo', 'imp_00000000000000000000000000', ...words, '--json'], {}),
      runToEnd('cli', ['import', 'undo', id, '--data-dir', directory], {}),
    ]);
    expect(refusals.map(({ status }) => status)).toEqual([2, 1, 2]);
    expect(JSON.parse(refusals[1].out)).toMatchObject({ code: 'unknown-import' });
  });
});
