import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AccountId, clear, type Position } from '#domain/kernel/index';
import { recipientStream } from '#domain/recipient/index';
import { A, FR, T0 } from '#domain/recipient/testing/examples';
import { streamDefinitions } from '#domain/streams';
import { recipientIdOf } from '#libs/keyring/index';
import { projectedPages, type PageReader } from '#libs/projecting/index';
import { recipientDirectory } from '#projections/recipient-directory/index';
import { openEngines, type Engines } from './engines.ts';
import { startReaderThread } from './reader-thread.ts';

const accountId = AccountId.parse('acc_01jd0000000000000000000001');
const noFailure = (): never => {
  throw new Error('Nothing should fail here.');
};

describe('the thread that reads ahead', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'attesta-reader-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  const subscribe = async ({ ledger, keyring }: Engines, address: string): Promise<void> => {
    const { identity } = await keyring.accountKeys(accountId);
    await ledger.append({
      format: recipientStream,
      key: recipientIdOf(identity, address),
      expected: 'no-stream',
      events: [
        {
          type: 'RecipientSubscribed',
          data: { listIds: [A], optIn: 'single', language: FR, at: T0 },
          personal: clear({ address, fields: { city: 'Rimouski' } }),
        },
      ],
      context: {
        ...{ accountId, actor: { kind: 'system' }, channel: 'api' },
        ...{ commandId: randomUUID(), correlationId: 'c', now: T0 },
      },
    });
  };
  const isReady = async ({ pages }: PageReader): Promise<void> => {
    const deadline = AbortSignal.timeout(20_000);
    while (!pages.isReady) {
      deadline.throwIfAborted();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  it('gives what this thread would read itself, from where it is told to', async () => {
    const config = { dataDirectory: directory, rootKey: new Uint8Array(32).fill(7) };
    const engines = await openEngines(config, noFailure);
    await subscribe(engines, 'anna@example.org');
    const after = (await engines.ledger.head()) ?? ('' as Position);
    await subscribe(engines, 'bert@example.org');
    const reader = startReaderThread(config, recipientDirectory.name, noFailure);
    await isReady(reader);
    reader.pages.begin(after);
    const page = await reader.pages.next();
    const own = projectedPages({
      ledger: engines.ledger,
      projection: recipientDirectory,
      formats: streamDefinitions,
    });
    expect(page).toEqual(JSON.parse(JSON.stringify(await own.next(after))));
    expect(JSON.stringify(page)).toContain('bert@example.org');
    expect(await reader.pages.next()).toBeUndefined();
    await reader.close();
    await engines.close();
  });

  it('says by a code why it cannot read', async () => {
    await writeFile(path.join(directory, 'ledger.sqlite'), 'This is no ledger. '.repeat(500));
    const reasons: object[] = [];
    const config = { dataDirectory: directory };
    const reader = startReaderThread(config, recipientDirectory.name, (why) => reasons.push(why));
    expect(await reader.pages.next()).toBeUndefined();
    expect(reasons).toEqual([expect.objectContaining({ error: expect.any(String) })]);
    await reader.close();
  });
});
