import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fold, type CampaignId, type RecipientId } from '#domain/kernel/index';
import { campaignStream, type Campaign } from '#domain/campaign/index';
import { deliveryStream, type Delivery } from '#domain/delivery/index';
import { openEngines, type Engines } from '#apps/composition/index';
import { startProjector } from '#apps/projector/index';
import type { DeliveryOutcome, Mailer, OutgoingMessage } from '#libs/mailer/port';
import type { Log } from '#libs/projecting/index';
import { mailRenderer } from '#libs/rendering/index';
import { startSender, type RunningSender, type SenderConfig } from '../index.ts';
import { Seed } from './seed.ts';

export type LogLine = Readonly<{ level: string; details: Readonly<Record<string, unknown>> }>;

/** A mailer that answers as told and keeps what it was given. */
export type FakeMailer = Mailer & { readonly sent: OutgoingMessage[] };
export const fakeMailer = (
  answer: (message: OutgoingMessage) => DeliveryOutcome | Promise<DeliveryOutcome> = () => ({
    status: 'accepted',
    reply: '250',
  }),
): FakeMailer => {
  const sent: OutgoingMessage[] = [];
  return {
    sent,
    concurrency: 4,
    send: async (message) => {
      sent.push(message);
      return answer(message);
    },
    close: async () => undefined,
  };
};

/** The whole sending side on real engines in a folder of its own; only the relay and the clock may be made up. */
export type SenderWorld = Readonly<{
  engines: Engines;
  seed: Seed;
  logged: readonly LogLine[];
  clock: { offset: number };
  /** On other engines than the world's own where some are given. */
  start: (
    mailer: Mailer,
    config?: Partial<SenderConfig>,
    others?: Partial<Engines>,
  ) => Promise<Running>;
  delivery: (key: string) => Promise<Delivery>;
  campaign: (id: CampaignId) => Promise<Campaign>;
  until: (what: string, holds: () => Promise<boolean> | boolean) => Promise<void>;
  dispose: () => Promise<void>;
}>;
export type Running = RunningSender & Readonly<{ stop: () => Promise<void> }>;

const LONGEST_WAIT = 25_000;

/** Waits for a condition. Throws, naming it, when it does not come. */
export const until = async (
  what: string,
  holds: () => Promise<boolean> | boolean,
): Promise<void> => {
  const giveUpAt = Date.now() + LONGEST_WAIT;
  while (!(await holds())) {
    if (Date.now() > giveUpAt) throw new Error(`This did not happen: ${what}.`);
    await pause(10);
  }
};

export const senderWorld = async (): Promise<SenderWorld> => {
  const directory = await mkdtemp(join(tmpdir(), 'sender-'));
  const engines = await openEngines({ dataDirectory: directory }, ({ code }) => {
    throw new Error(code);
  });
  const logged: LogLine[] = [];
  const line = (level: string) => (details: object) => {
    logged.push({ level, details: details as LogLine['details'] });
  };
  const log: Log = { info: line('info'), warn: line('warn'), error: line('error') };
  const clock = { offset: 0 };
  const now = (): number => Date.now() + clock.offset;
  const ending = new AbortController();
  const { ledger } = engines;
  const projector = await startProjector({ ...engines, log, signal: ending.signal });
  const running: Running[] = [];
  return {
    engines,
    logged,
    clock,
    seed: new Seed(ledger, engines.keyring, now),
    until,
    start: async (mailer, config = {}, others = {}) => {
      const stop = new AbortController();
      const sender = await startSender({
        ...engines,
        ...others,
        mailer,
        renderer: mailRenderer(),
        config: { publicUrl: 'https://mail.attesta.example', ...config },
        clock: now,
        log,
        signal: stop.signal,
      });
      const whole = {
        ...sender,
        stop: async () => {
          stop.abort();
          await sender.stopped;
        },
      };
      running.push(whole);
      return whole;
    },
    delivery: async (key) => {
      const history = await ledger.read(deliveryStream, key);
      return fold(
        deliveryStream,
        history.map(({ event }) => event),
      );
    },
    campaign: async (id) => {
      const history = await ledger.read(campaignStream, id);
      return fold(
        campaignStream,
        history.map(({ event }) => event),
      );
    },
    dispose: async () => {
      for (const sender of running) await sender.stop();
      ending.abort();
      await projector.stopped;
      await engines.close();
      await rm(directory, { recursive: true });
    },
  };
};

export const deliveryKeyOf = (newsletterId: string, recipientId: RecipientId): string =>
  `${newsletterId}.${recipientId}`;
