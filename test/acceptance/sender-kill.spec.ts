import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { simpleParser } from 'mailparser';
import {
  civilDateIn,
  fold,
  instantOf,
  plusDays,
  plusMonths,
  type CampaignId,
  type NewsletterId,
  type RecipientId,
} from '#domain/kernel/index';
import { campaignStream } from '#domain/campaign/index';
import { deliveryStream } from '#domain/delivery/index';
import { recipientStream } from '#domain/recipient/index';
import { openEngines, type Engines } from '#apps/composition/index';
import { startProjector } from '#apps/projector/index';
import { Seed } from '#apps/sender/testing/seed';
import { startSmtpSink, type SmtpSink } from '#libs/mailer/testing/smtp-sink';
import { newDataDirectory, removeDataDirectory } from './support/data-directory.ts';
import {
  engineConfig,
  engineEnvironment,
  onServers,
  SHORT_LEASE_MILLISECONDS,
} from './support/engines.ts';
import { until } from './support/until.ts';

/** Fewer on servers: a start takes longer there, and every kill needs one. */
const KILLS = onServers ? 8 : 20;
const RECIPIENTS = onServers ? 600 : 1_500;
/** Every so many recipients, one whose implied consent is near its end: their newsletter asks them (CON-4). */
const ASKED_EVERY = 3;
const isAsked = (index: number): boolean => index % ASKED_EVERY === 0;
const ASKS = 'Souhaitez-vous encore recevoir nos messages';
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The moment of the kill is chance, in messages of the round; the seed is printed to repeat it. */
const seed = Math.trunc(Math.random() * 2 ** 30) + 1;
let state = seed;
const someMessages = (): number => {
  state = (state * 48271) % 0x7fffffff;
  return 1 + (state % 25);
};

describe('SND-3 a sender that is killed in the middle of a campaign', () => {
  let directory: string;
  let engines: Engines;
  let sink: SmtpSink;
  let stopProjector: () => Promise<void>;
  let newsletterId: NewsletterId;
  let campaignId: CampaignId;
  let recipientIds: readonly RecipientId[];
  const addresses = Array.from({ length: RECIPIENTS }, (_, n) => `p${String(n)}@example.org`);
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    directory = await newDataDirectory();
    engines = await openEngines(engineConfig(directory), ({ code }) => {
      throw new Error(code);
    });
    sink = await startSmtpSink();
    const ending = new AbortController();
    const projector = await startProjector({ ...engines, log: silent, signal: ending.signal });
    stopProjector = async () => {
      ending.abort();
      await projector.stopped;
    };
    const product = new Seed(engines.ledger, engines.keyring);
    await product.account();
    const listId = await product.list('A');
    newsletterId = await product.newsletter();
    recipientIds = await product.people(
      addresses.map((address, index) => ({
        address,
        listIds: [listId],
        consent: !isAsked(index),
      })),
    );
    const today = civilDateIn('America/Toronto', instantOf(Date.now()));
    const [date, expiresOn] = [plusMonths(today, -6), plusDays(today, 80)];
    const grant = { kind: 'implied', basis: 'purchase', date, expiresOn } as const;
    await Promise.all(
      recipientIds
        .filter((_, index) => isAsked(index))
        .map((id) => product.recipient(id, { type: 'RecordConsent', grant })),
    );
    campaignId = await product.campaign(newsletterId, [listId]);
    await product.move(campaignId, 'StartCampaign');
  }, 60_000);

  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await stopProjector();
    await sink.close();
    await engines.close();
    await removeDataDirectory(directory);
  });

  const startSender = (): ChildProcess => {
    const child = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        'dist/apps/sender/main.js',
        `--lease-milliseconds=${SHORT_LEASE_MILLISECONDS}`,
      ],
      {
        env: {
          PATH: process.env['PATH'],
          ATTESTA_DATA_DIR: directory,
          ...engineEnvironment(directory),
          ATTESTA_SMTP_URL: sink.url,
          ATTESTA_LOG_LEVEL: 'error',
        },
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    children.push(child);
    return child;
  };

  const received = (): number =>
    [...sink.received.values()].reduce((sum, messages) => sum + messages.length, 0);

  const campaignStatus = async (): Promise<string> => {
    const history = await engines.ledger.read(campaignStream, campaignId);
    return fold(
      campaignStream,
      history.map(({ event }) => event),
    ).status;
  };

  it(`sends nothing twice over ${String(KILLS)} kills, and ends with everybody sent or uncertain`, async () => {
    for (let round = 0; round < KILLS; round += 1) {
      const enough = received() + someMessages();
      const child = startSender();
      await until('messages arrive', () => received() >= enough);
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      expect((await gone)[1]).toBe('SIGKILL');
    }
    const last = startSender();
    await until('the campaign completes', async () => (await campaignStatus()) === 'completed');
    const gone = once(last, 'exit');
    last.kill('SIGTERM');
    expect((await gone)[0]).toBe(0);

    const keys = recipientIds.map((id) => `${newsletterId}.${id}`);
    const histories = await engines.ledger.readMany(deliveryStream, keys);
    const statuses = histories.map(
      (history) =>
        fold(
          deliveryStream,
          history.map(({ event }) => event),
        ).status,
    );
    const tally = { sent: 0, uncertain: 0, uncertainAndArrived: 0 };
    statuses.forEach((status, index) => {
      const arrived = sink.received.get(addresses[index]!)?.length ?? 0;
      expect({ seed, status, arrived: arrived <= 1 }).toEqual({
        seed,
        status: expect.stringMatching(/^(sent|uncertain)$/),
        arrived: true,
      });
      if (status === 'sent') expect(arrived).toBe(1);
      tally[status as 'sent' | 'uncertain'] += 1;
      if (status === 'uncertain') tally.uncertainAndArrived += arrived;
    });
    process.stdout.write(
      `SIGKILL, seed ${String(seed)}: ${String(KILLS)} kills, ${String(tally.sent)} sent, ` +
        `${String(tally.uncertain)} uncertain of which ${String(tally.uncertainAndArrived)} had arrived, 0 twice\n`,
    );
    expect(tally.sent + tally.uncertain).toBe(RECIPIENTS);
    expect(tally.sent).toBeGreaterThan(RECIPIENTS / 4);
  }, 240_000);

  it('CON-4, C-16: asks nobody for consent twice, and nobody without a record', async () => {
    const histories = await engines.ledger.readMany(recipientStream, recipientIds);
    for (const [index, history] of histories.entries()) {
      const requests = history.filter(({ event }) => event.type === 'ConsentRequested').length;
      const messages = sink.received.get(addresses[index] ?? '') ?? [];
      const parsed = await Promise.all(messages.map((message) => simpleParser(message)));
      const asking = parsed.filter(({ text }) => text?.includes(ASKS)).length;
      expect({ seed, index, requests }).toEqual({ seed, index, requests: isAsked(index) ? 1 : 0 });
      expect(asking).toBe(isAsked(index) ? messages.length : 0);
    }
  }, 60_000);
});
