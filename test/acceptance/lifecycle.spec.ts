import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { projections } from '#projections/index';
import { startSmtpSink, type SmtpSink } from '#libs/mailer/testing/smtp-sink';
import { newDataDirectory, removeDataDirectory } from './support/data-directory.ts';
import { onServers } from './support/engines.ts';
import { runToEnd, startProduct, type RunningProgram } from './support/program.ts';
import { expressMapping, Publisher } from './support/publisher.ts';
import { until } from './support/until.ts';

// Work of a process that was killed is taken over once its leases have run out. Servers on a busy machine take their time.
jest.setTimeout(onServers ? 900_000 : 300_000);
const TAKEN_OVER_WITHIN = onServers ? 300_000 : 90_000;

/** So many that they are still being written to once the import runs, on a fast machine too; servers write to fewer in that time. */
const READERS = onServers ? 1_500 : 5_000;
const NEWCOMERS = onServers ? 6_000 : 15_000;

const file = (name: string, rows: number): string =>
  [
    'Email,Prenom,Langue,Date',
    ...Array.from(
      { length: rows },
      (_, n) => `${name}${String(n)}@crowd.example,P${String(n)},en,2025-03-01`,
    ),
  ].join('\n');

let directory: string;
let sink: SmtpSink;
const running: RunningProgram[] = [];

const start = async (): Promise<RunningProgram> => {
  const product = await startProduct(directory, { ATTESTA_SMTP_URL: sink.url });
  running.push(product);
  return product;
};

beforeEach(async () => {
  directory = await newDataDirectory();
  sink = await startSmtpSink();
});
afterEach(async () => {
  for (const product of running.splice(0)) if (!product.hasEnded()) await product.kill();
  await sink.close();
  await removeDataDirectory(directory);
});

const mostToOnePerson = (): number =>
  Math.max(...[...sink.received.values()].map((messages) => messages.length));

type Work = Readonly<{ campaign: string; upload: string }>;

/** A campaign and an import, both begun and neither done. */
const inTheMiddle = async (publisher: Publisher): Promise<Work> => {
  const { client, listId, wordingId } = publisher;
  const mapping = expressMapping(listId, wordingId);
  expect(await publisher.import(file('reader', READERS), mapping)).toMatchObject({
    created: READERS,
  });
  const campaign = await publisher.start(await publisher.write('Nouvelles'));
  await until('some messages', () => sink.received.size > 20);
  const upload = await publisher.upload(file('newcomer', NEWCOMERS), { ...mapping, listIds: [] });
  await until('some rows, and not yet all, to be recorded', async () => {
    const { status, rows } = (await client.get(`/v1/imports/${upload}`)).body;
    return status === 'running' && rows > 0;
  });
  expect(sink.received.size).toBeLessThan(READERS);
  return { campaign, upload };
};

/** Waits longer than `Publisher.completed`: for the leases of the dead. */
const ended = async (publisher: Publisher, { campaign, upload }: Work) => {
  const counts = await until(
    'the campaign to be completed',
    async () => {
      const { body } = await publisher.client.get(`/v1/campaigns/${campaign}`);
      return body.status === 'completed' && body.counts.pending === 0 && body.counts;
    },
    TAKEN_OVER_WITHIN,
  );
  const imported = await until(
    'the import to end',
    async () => {
      const { body } = await publisher.client.get(`/v1/imports/${upload}`);
      return ['completed', 'failed'].includes(body.status) && body;
    },
    TAKEN_OVER_WITHIN,
  );
  return { counts, imported };
};

const IMPORTED = { status: 'completed', rows: NEWCOMERS, created: NEWCOMERS, refused: 0 };

describe('the life of a process', () => {
  it('is shared: two processes serve one data directory, and do each piece of work once', async () => {
    const [first, second] = [await start(), await start()];
    const here = await Publisher.open(first);
    const there = here.at(second);
    const { listId, wordingId } = here;
    await here.import(file('reader', 200), expressMapping(listId, wordingId));
    const email = 'late@crowd.example';
    const consent = {
      kind: 'express',
      date: '2025-03-01',
      method: 'form',
      source: 'shop',
      wordingId,
    };
    const made = await there.client.post('/v1/recipients', { email, listIds: [listId], consent });
    const position = String(made.headers.get('x-position'));
    const path = `/v1/recipients?email=${encodeURIComponent(email)}&after=${position}`;
    for (const each of [here, there]) {
      expect((await each.client.get(path)).body.items).toMatchObject([{ id: made.body.id }]);
    }
    const campaign = await there.start(await here.write('Nouvelles'));
    expect((await here.completed(campaign)).counts).toMatchObject({ sent: 201, uncertain: 0 });
    expect(mostToOnePerson()).toBe(1);
    expect((await first.stop()).status).toBe(0);
    await there.completed(await there.start(await there.write('Encore')));
    expect((await second.stop()).status).toBe(0);
    expect(mostToOnePerson()).toBe(2);
  });

  it('ends cleanly on SIGTERM in the middle of a campaign and an import, and goes on (SND-3, IMP-1)', async () => {
    const product = await start();
    const publisher = await Publisher.open(product);
    const work = await inTheMiddle(publisher);
    // The program gives itself less than ten seconds, and another status than 0 when they do not do.
    const { status, err } = await product.stop();
    expect([status, /"level":"(error|fatal)"/.test(err)]).toEqual([0, false]);
    expect(sink.received.size).toBeLessThan(READERS);

    const { counts, imported } = await ended(publisher.at(await start()), work);
    expect(counts).toMatchObject({ sent: READERS, uncertain: 0, failed: 0 });
    expect(imported).toMatchObject(IMPORTED);
    expect([sink.received.size, mostToOnePerson()]).toEqual([READERS, 1]);
  });

  it('may end by SIGKILL anywhere: nothing is done twice, and read models equal the ledger (F-02, LED-4)', async () => {
    const product = await start();
    const publisher = await Publisher.open(product);
    const work = await inTheMiddle(publisher);
    await product.kill();
    expect(sink.received.size).toBeLessThan(READERS);

    const again = publisher.at(await start());
    const { counts, imported } = await ended(again, work);
    expect(imported).toMatchObject(IMPORTED);
    expect(counts).toMatchObject({ planned: READERS, failed: 0 });
    expect(Number(counts.sent) + Number(counts.uncertain)).toBe(READERS);
    expect(mostToOnePerson()).toBe(1);
    // Whoever has no message is one whose outcome is not known.
    expect(sink.received.size).toBeGreaterThanOrEqual(counts.sent);

    for (const { name } of projections) {
      const rebuilt = await runToEnd(
        'cli',
        ['rebuild', name, '--data-dir', directory, '--json'],
        {},
      );
      expect([name, rebuilt.err, rebuilt.status]).toEqual([name, '', 0]);
      expect(JSON.parse(rebuilt.out)).toMatchObject({ name, differing: 0, equal: true });
    }
  });
});
