import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openEngines, type Engines } from '#apps/composition/index';
import { startSender } from '#apps/sender/index';
import { Seed } from '#apps/sender/testing/seed';
import { fold, type CampaignId, type ListId } from '#domain/kernel/index';
import { campaignStream } from '#domain/campaign/index';
import { smtpMailer } from '#libs/mailer/index';
import { whenProcessed, type Log } from '#libs/projecting/index';
import { mailRenderer } from '#libs/rendering/index';
import { projections } from '#projections/index';
import { addressOf, FIRST_NAME, NEWSLETTER } from './newsletter.ts';
import { startProgram, stopProgram } from './processes.ts';

const SEED_BATCH = 500;
const BETWEEN_LOOKS = 10;
const CAUGHT_UP_WITHIN = 120_000;
const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

export type ProductSender = Readonly<{
  /**
   * Sends a new campaign to everybody and answers the seconds from its start to its end: planning, decisions, claims,
   * messages, checks, outcomes. The projector follows in a process of its own, and has caught up before it answers.
   */
  send: () => Promise<number>;
  close: () => Promise<void>;
}>;

const seedPeople = async (seed: Seed, listId: ListId, recipients: number): Promise<void> => {
  for (let start = 0; start < recipients; start += SEED_BATCH) {
    const count = Math.min(SEED_BATCH, recipients - start);
    await seed.people(
      Array.from({ length: count }, (_, index) => ({
        address: addressOf(start + index),
        listIds: [listId],
        firstName: FIRST_NAME,
      })),
    );
  }
};

const untilCompleted = async ({ ledger }: Engines, campaignId: CampaignId): Promise<void> => {
  for (;;) {
    const history = await ledger.read(campaignStream, campaignId);
    const events = history.map(({ event }) => event);
    if (fold(campaignStream, events).status === 'completed') return;
    await pause(BETWEEN_LOOKS);
  }
};

const untilCaughtUp = async ({ ledger, readStore }: Engines): Promise<void> => {
  const head = await ledger.head();
  if (head === undefined) return;
  for (const projection of projections) {
    const model = readStore.model(projection);
    if (!(await whenProcessed(model, head, { timeoutMilliseconds: CAUGHT_UP_WITHIN })))
      throw new Error(`The read model ${projection.name} does not follow.`);
  }
};

/** The sender of the product in this process, with recipients in a data directory of its own. */
export const productSender = async (
  options: Readonly<{ url: string; connections: number; recipients: number }>,
): Promise<ProductSender> => {
  const { url, connections: concurrency, recipients } = options;
  const dataDirectory = await mkdtemp(join(tmpdir(), 'attesta-benchmark-sending-'));
  const engines = await openEngines({ dataDirectory }, (failure) => {
    throw failure;
  });
  const seed = new Seed(engines.ledger, engines.keyring);
  await seed.account();
  const listId = await seed.list('A');
  await seedPeople(seed, listId, recipients);
  const projector = startProgram('apps/projector/main', [], {
    ATTESTA_DATA_DIR: dataDirectory,
    ATTESTA_LOG_LEVEL: 'error',
  });
  const mailer = smtpMailer({ urls: url, concurrency });
  const ending = new AbortController();
  const sender = await startSender({
    ...engines,
    mailer,
    renderer: mailRenderer(),
    config: { publicUrl: 'https://mail.example' },
    clock: Date.now,
    log: silent,
    signal: ending.signal,
  });
  return {
    send: async () => {
      const campaignId = await seed.campaign(await seed.newsletter(NEWSLETTER.body), [listId]);
      await untilCaughtUp(engines);
      const start = performance.now();
      await seed.move(campaignId, 'StartCampaign');
      await untilCompleted(engines, campaignId);
      const seconds = (performance.now() - start) / 1_000;
      await untilCaughtUp(engines);
      return seconds;
    },
    close: async () => {
      ending.abort();
      await sender.stopped;
      await mailer.close();
      await stopProgram(projector);
      await engines.close();
      await rm(dataDirectory, { recursive: true });
    },
  };
};
