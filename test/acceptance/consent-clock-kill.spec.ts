import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  civilDateIn,
  fold,
  instantOf,
  plusDays,
  plusMonths,
  type ListId,
  type RecipientId,
} from '#domain/kernel/index';
import { deliveryStream } from '#domain/delivery/index';
import { recipientStream, type RecipientEvent } from '#domain/recipient/index';
import { standardRequestId } from '#domain/wording/index';
import { openEngines, type Engines } from '#apps/composition/index';
import { startProjector } from '#apps/projector/index';
import { Seed } from '#apps/sender/testing/seed';
import { NOTHING_PERSONAL } from '#libs/ledger/port';
import { startSmtpSink, type SmtpSink } from '#libs/mailer/testing/smtp-sink';
import { newDataDirectory, removeDataDirectory } from './support/data-directory.ts';
import { engineConfig, engineEnvironment, SHORT_LEASE_MILLISECONDS } from './support/engines.ts';
import { until } from './support/until.ts';

/** More than are written at once, so that a kill can fall between two batches. */
const LAPSED = 1_100;
const ASKED = 60;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('C-15, C-16: senders that are killed while they follow the calendar', () => {
  let directory: string;
  let engines: Engines;
  let sink: SmtpSink;
  let product: Seed;
  let stopProjector: () => Promise<void>;
  let lapsed: readonly RecipientId[];
  let asked: readonly RecipientId[];
  const children: ChildProcess[] = [];

  const consenting = async (
    name: string,
    count: number,
    daysLeft: number,
    listIds: readonly ListId[],
  ): Promise<readonly RecipientId[]> => {
    const ids = await product.people(
      Array.from({ length: count }, (_, n) => ({
        address: `${name}${String(n)}@example.org`,
        listIds,
        consent: false,
      })),
    );
    const today = civilDateIn('America/Toronto', instantOf(Date.now()));
    const grant = {
      kind: 'implied',
      basis: 'purchase',
      date: plusMonths(today, -6),
      expiresOn: plusDays(today, daysLeft),
    } as const;
    await Promise.all(ids.map((id) => product.recipient(id, { type: 'RecordConsent', grant })));
    return ids;
  };

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
    product = new Seed(engines.ledger, engines.keyring);
    await product.account();
    const listId = await product.list('A');
    lapsed = await consenting('lapsed', LAPSED, -2, []);
    asked = await consenting('asked', ASKED, 25, [listId]);
  }, 60_000);

  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await stopProjector();
    await sink.close();
    await engines.close();
    await removeDataDirectory(directory);
  });

  const startSender = (): ChildProcess => {
    const program = [
      'dist/apps/sender/main.js',
      `--lease-milliseconds=${SHORT_LEASE_MILLISECONDS}`,
    ];
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...program], {
      env: {
        PATH: process.env['PATH'],
        ATTESTA_DATA_DIR: directory,
        ...engineEnvironment(directory),
        ATTESTA_SMTP_URL: sink.url,
        ATTESTA_LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    children.push(child);
    return child;
  };

  const countsOf = async (
    ids: readonly RecipientId[],
    type: RecipientEvent['type'],
  ): Promise<readonly number[]> => {
    const histories = await engines.ledger.readMany(recipientStream, ids, NOTHING_PERSONAL);
    return histories.map((history) => history.filter(({ event }) => event.type === type).length);
  };
  const total = async (ids: readonly RecipientId[], type: RecipientEvent['type']) =>
    (await countsOf(ids, type)).reduce((sum, each) => sum + each, 0);

  const endedDeliveries = async (): Promise<number> => {
    const histories = await engines.ledger.readMany(recipientStream, asked, NOTHING_PERSONAL);
    const keys = histories.flatMap((history, index) => {
      const request = history.find(({ event }) => event.type === 'ConsentRequested');
      const id = String(asked[index]);
      return request === undefined
        ? []
        : [`${standardRequestId(product.accountId)}.${id}.${String(request.revision)}`];
    });
    const deliveries = await engines.ledger.readMany(deliveryStream, keys);
    const statuses = deliveries.map(
      (history) =>
        fold(
          deliveryStream,
          history.map(({ event }) => event),
        ).status,
    );
    return statuses.filter((status) => status === 'sent' || status === 'uncertain').length;
  };

  it('record each lapse once and send each request once, two at a time', async () => {
    const received = (): number =>
      [...sink.received.values()].reduce((sum, messages) => sum + messages.length, 0);
    const moments: readonly (readonly [string, () => Promise<boolean> | boolean])[] = [
      ['a lapse is on record', async () => (await total(lapsed, 'ConsentExpired')) > 0],
      ['a request is on record', async () => (await total(asked, 'ConsentRequested')) > 0],
      ['a request arrives', () => received() > 0],
    ];
    for (const [moment, holds] of moments) {
      const pair = [startSender(), startSender()];
      await until(moment, holds);
      const gone = pair.map((child) => once(child, 'exit'));
      for (const child of pair) child.kill('SIGKILL');
      await Promise.all(gone);
    }
    const last = [startSender(), startSender()];
    await until('every request has ended', async () => (await endedDeliveries()) === ASKED);
    await until('every lapse is on record', async () => {
      return (await total(lapsed, 'ConsentExpired')) >= LAPSED;
    });
    const gone = last.map((child) => once(child, 'exit'));
    for (const child of last) child.kill('SIGTERM');
    await Promise.all(gone);

    expect(new Set(await countsOf(lapsed, 'ConsentExpired'))).toEqual(new Set([1]));
    expect(new Set(await countsOf(asked, 'ConsentRequested'))).toEqual(new Set([1]));
    const arrivals = [...sink.received.values()].map((messages) => messages.length);
    expect(Math.max(...arrivals)).toBe(1);
    expect(arrivals.length).toBeGreaterThan(0);
    expect([...sink.received.keys()].filter((to) => to.startsWith('lapsed'))).toEqual([]);
  }, 240_000);
});
