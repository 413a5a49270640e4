import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdir } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import { newDataDirectory, removeDataDirectory } from './support/data-directory.ts';
import { onServers } from './support/engines.ts';
import {
  freePort,
  runToEnd,
  startPart,
  type Environment,
  type Part,
  type RunningProgram,
} from './support/program.ts';
import { expressMapping, Publisher } from './support/publisher.ts';
import { until } from './support/until.ts';

// Starts many programs, on machines that may be busy.
jest.setTimeout(120_000);

const PARTS = ['sender', 'importer', 'api', 'projector'] as const;
const PEOPLE = 'Email,Prenom,Langue,Date\nada@lectures.example,Ada,fr,2025-03-01\n';

let dataDirectory: string;
let running: RunningProgram[];
beforeEach(async () => {
  dataDirectory = await newDataDirectory();
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((program) => program.kill()));
  await removeDataDirectory(dataDirectory);
});

const environment = async (): Promise<Environment> => ({
  ATTESTA_DATA_DIR: dataDirectory,
  ATTESTA_PORT: String(await freePort()),
  ATTESTA_LOG_LEVEL: 'warn',
});

const start = async (part: Part): Promise<RunningProgram> => {
  const program = await startPart(part, await environment());
  running.push(program);
  return program;
};

/** By both APIs in turn: somebody is imported, written to, and their message is in the mailbox. */
const useBoth = async (apis: readonly RunningProgram[], operatorKey: string): Promise<void> => {
  const [one, other] = apis;
  if (one === undefined || other === undefined) throw new Error('There must be two of them.');
  const publisher = await Publisher.open(one, operatorKey);
  const elsewhere = publisher.at(other);
  const mapping = expressMapping(publisher.listId, publisher.wordingId);
  expect(await elsewhere.import(PEOPLE, mapping)).toMatchObject({
    status: 'completed',
    created: 1,
  });
  const campaignId = await publisher.start(await elsewhere.write('News'));
  const { counts } = await elsewhere.completed(campaignId);
  expect(counts).toMatchObject({ sent: 1, uncertain: 0 });
  const shown = await fetch(`${other.url}/mailbox`, {
    headers: { authorization: `Basic ${btoa(`operator:${operatorKey}`)}` },
  });
  expect(await shown.text()).toContain('ada@lectures.example');
};

describe('the parts as processes of their own', () => {
  it('start together on an empty folder, two of each, work together, and stop when asked', async () => {
    const parts = [...PARTS, ...PARTS];
    const started = await Promise.all(parts.map(start));
    const apis = started.filter(({ url }) => url !== '');
    const keys = apis.flatMap(
      ({ printed }) => /^Operator key, shown this once: (\S+)$/m.exec(printed().out)?.[1] ?? [],
    );
    expect([apis.length, keys.length]).toEqual([2, 1]);
    await useBoth(apis, keys[0] ?? '');

    const ended = await Promise.all(started.map((program) => program.stop()));
    expect(ended.map(({ status, err }, n) => ({ part: parts[n], status, err }))).toEqual(
      parts.map((part) => ({ part, status: 0, err: '' })),
    );
  });

  it.each(PARTS)('the %s can be the first on an empty folder', async (part) => {
    const first = await start(part);
    expect(first.hasEnded()).toBe(false);
    expect(await first.stop()).toMatchObject({ status: 0, err: '' });
    expect(await (await start('all-in-one')).stop()).toMatchObject({ status: 0 });
  });

  it.each(PARTS)('the %s says why it cannot start, and ends with status 1', async (part) => {
    await mkdir(dataDirectory);
    // A folder where a file must be: on servers it holds nothing but secrets and what the mailbox keeps.
    const file = onServers ? 'root.key' : 'ledger.sqlite';
    await mkdir(path.join(dataDirectory, file));
    const { status, out, err } = await runToEnd(part, [], await environment());
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(err).toMatch(/^[^\n]+\.\n$/);
  });

  it('an API on a port that is taken leaves no operator key behind that nobody saw', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const taken = { ...(await environment()), ATTESTA_PORT: String(port) };
    const { status, err } = await runToEnd('api', [], taken);
    expect({ status, err }).toEqual({ status: 1, err: expect.stringMatching(/is in use/) });
    await closed(server);
    const api = await start('api');
    await until('the key to be shown', () => /^Operator key/m.test(api.printed().out));
  });
});

const closed = async (server: Server): Promise<void> => {
  server.close();
  await once(server, 'close');
};
