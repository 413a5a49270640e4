import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startSmtpSink, type SmtpSink } from '#libs/mailer/testing/smtp-sink';
import { Fleet } from '../killed-processes/fleet.ts';
import { addressOf, fileOf } from '../killed-processes/people.ts';
import { loadOn, type Load } from '../outages/load.ts';
import { describeOnMongo } from '../servers/mongodb-server.ts';
import { ownServers, type OwnServers, type Server } from '../outages/servers.ts';
import { Client } from './support/client.ts';
import { expressMapping, Publisher } from './support/publisher.ts';
import { until } from './support/until.ts';

const PEOPLE = 1_000;
const PARTS = ['api', 'projector', 'sender', 'importer'] as const;
const MINUTES = 60_000;
/** Of the second file, so that an import is under way. */
const later = (file: string): string => file.replaceAll(/^p(\d+)@/gm, 'later$1@');

describeOnMongo('servers that are killed under load, and come back', () => {
  let servers: OwnServers;
  let sink: SmtpSink;
  let fleet: Fleet;
  let publisher: Publisher;
  let load: Load;
  let campaignId: string;
  let importId: string;
  const closing: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    servers = await ownServers();
    closing.push(servers.remove);
    sink = await startSmtpSink();
    closing.push(sink.close);
    const environment = { ...servers.environment, ATTESTA_SMTP_URL: sink.url };
    fleet = await Fleet.start(PARTS, environment);
    closing.push(() => fleet.stop());
    publisher = await Publisher.open(fleet.api);
    const mapping = expressMapping(publisher.listId, publisher.wordingId);
    await publisher.import(fileOf(PEOPLE), mapping);
    campaignId = await publisher.start(await publisher.write('News'));
    // On a list of their own, so that they are in no audience.
    const other = await publisher.client.post('/v1/lists', { name: { fr: 'Autre', en: 'Other' } });
    const otherId = String(other.body.id);
    const otherMapping = expressMapping(otherId, publisher.wordingId);
    importId = await publisher.upload(later(fileOf(PEOPLE)), otherMapping);
    load = loadOn(fleet.api.url, publisher.key, otherId);
    closing.push(load.end);
  }, 5 * MINUTES);
  afterAll(async () => {
    for (const close of closing.reverse()) await close();
  }, MINUTES);

  const health = async () => {
    const { status, body } = await new Client(fleet.api.url).call('GET', '/health/ready');
    const checks: readonly Readonly<{ name: string; ok: boolean }>[] = body.checks;
    return { status, missing: checks.filter(({ ok }) => !ok).map(({ name }) => name) };
  };

  it.each<[string, (own: OwnServers) => readonly Server[]]>([
    ['EventStoreDB', ({ eventStore }) => [eventStore]],
    ['MongoDB', ({ mongo }) => [mongo]],
    ['both', ({ eventStore, mongo }) => [eventStore, mongo]],
  ])(
    '%s: requests are answered 503 and when to ask again, health names it, no process ends',
    async (_, which) => {
      const away = which(servers);
      const before = load.refused();
      await Promise.all(away.map((server) => server.kill()));
      await until('writes and reads to be refused', () => {
        const { writes, reads } = load.refused();
        return writes > before.writes && reads > before.reads;
      });
      await until('health to name what is missing', async () => {
        const { status, missing } = await health();
        return status === 503 && away.every(({ name }) => missing.includes(name));
      });
      await Promise.all(away.map((server) => server.begin()));
      await until(
        'everything to be ready',
        async () => (await health()).status === 200,
        2 * MINUTES,
      );
      const acknowledged = load.acknowledged.length;
      await until(
        'writes to be acknowledged',
        () => load.acknowledged.length > acknowledged,
        MINUTES,
      );
      expect(load.wrong).toEqual([]);
      // Throws when one has ended by itself.
      await fleet.restore();
    },
    6 * MINUTES,
  );

  it(
    'SND-3 the campaign and the import end as if nothing had been',
    async () => {
      const done = await until(
        'the campaign to be completed',
        async () => {
          const { body } = await publisher.client.call('GET', `/v1/campaigns/${campaignId}`);
          return body.status === 'completed' && body.counts.pending === 0 && body;
        },
        5 * MINUTES,
      );
      const { sent, skipped, uncertain, audience } = done.counts as Record<string, number>;
      expect({ audience, skipped, all: (sent ?? 0) + (uncertain ?? 0) }).toEqual({
        audience: PEOPLE,
        skipped: 0,
        all: PEOPLE,
      });
      for (let n = 0; n < PEOPLE; n += 1) {
        expect(sink.received.get(addressOf(n))?.length ?? 0).toBeLessThanOrEqual(1);
      }
      const imported = await until(
        'the import to end',
        async () => {
          const { body } = await publisher.client.call('GET', `/v1/imports/${importId}`);
          return ['completed', 'failed'].includes(body.status) && body;
        },
        5 * MINUTES,
      );
      expect(imported).toMatchObject({ status: 'completed', created: PEOPLE });
    },
    12 * MINUTES,
  );

  it(
    'LED-1 nothing that was acknowledged is lost',
    async () => {
      await load.end();
      expect(load.acknowledged.length).toBeGreaterThan(0);
      for (const email of load.acknowledged) {
        expect(await publisher.find(email)).toMatchObject({ email });
      }
    },
    10 * MINUTES,
  );
});
