import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { recipientStream } from '#domain/recipient/index';
import { outage } from '#libs/projecting/testing/outage';
import { ImportWorkbench } from './testing/workbench.ts';

const ROWS = 300;

describe('an import while a server does not answer', () => {
  let directory: string;
  let workbench: ImportWorkbench;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'importer-outage-'));
    workbench = await ImportWorkbench.open(directory);
  });
  afterEach(async () => {
    await workbench.close();
    await rm(directory, { recursive: true });
  });

  const queue = async () => {
    const listId = await workbench.createList();
    const rows = Array.from({ length: ROWS }, (_, n) => `person${String(n)}@example.org`);
    const file = Readable.from([Buffer.from(['email', ...rows].join('\n'))]);
    return workbench.queue(file, {
      columns: { email: 'email' },
      listIds: [listId],
      consent: { kind: 'none' },
    });
  };

  it('waits, whatever it was doing, and does each row once', async () => {
    const importId = await queue();
    const server = outage();
    server.begin();
    const said: unknown[] = [];
    const keep = (details: object): void => void said.push('event' in details && details.event);
    const log = { info: keep, warn: keep, error: keep };
    const imported = workbench.runImporter({ over: server.over, leaseMilliseconds: 200, log });
    await new Promise<void>((resolve, reject) => {
      imported.catch(reject);
      const look = (): void => {
        if (server.refused() >= 2) resolve();
        else setImmediate(look);
      };
      look();
    });
    expect(said.filter((event) => event === 'importer-waits')).toHaveLength(1);
    server.end();
    server.loseAnswers(20);
    await imported;
    expect(server.refused()).toBeGreaterThanOrEqual(22);
    expect(said).toContain('importer-goes-on');
    expect(await workbench.stateOf(importId)).toMatchObject({
      status: 'completed',
      processed: ROWS,
    });
    const id = await workbench.idOf('person7@example.org');
    const history = await workbench.ledger.read(recipientStream, id);
    expect(history.filter(({ event }) => event.type === 'RecipientSubscribed')).toHaveLength(1);
  }, 120_000);
});
