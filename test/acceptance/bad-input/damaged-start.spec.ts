import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { cp, open, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findIn, needlesFor } from '../support/byte-search.ts';
import { Client } from '../support/client.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';
import {
  freePort,
  OPERATOR_KEY,
  runToEnd,
  settings,
  startProduct,
  type Ended,
} from '../support/program.ts';
import { Publisher } from '../support/publisher.ts';

// Starts whole programs one after the other, on machines that may be busy.
jest.setTimeout(90_000);

const CANARY = 'Hildegunst.Mythenmetz';
const EMAIL = `${CANARY}@zamonien-lindwurm.example`;
const canary = needlesFor([CANARY, 'zamonien-lindwurm']);

describe('a start that must not be', () => {
  let sound: string;

  beforeAll(async () => {
    sound = await newDataDirectory();
    const first = await startProduct(sound);
    const publisher = await Publisher.open(first);
    await publisher.client.post('/v1/recipients', { email: EMAIL });
    expect((await first.stop()).status).toBe(0);
  });
  afterAll(() => removeDataDirectory(sound));

  const startOn = async (
    dataDirectory: string,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<Ended> =>
    runToEnd('all-in-one', [], { ...settings(dataDirectory, await freePort()), ...environment });

  const expectRefused = ({ status, out, err }: Ended, sentence: RegExp): void => {
    expect(err).toMatch(sentence);
    expect(status).toBe(1);
    expect(out).toBe('');
    expect(err).not.toMatch(/^\s+at |Error:|node:internal/m);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(findIn('stderr', Buffer.from(err), canary)).toEqual([]);
  };

  const overwrite = async (file: string, at: number): Promise<void> => {
    const handle = await open(file, 'r+');
    await handle.write(Buffer.alloc(200, 0xa5), 0, 200, at);
    await handle.close();
  };

  it.each<[string, string, (file: string) => Promise<void>, RegExp]>([
    [
      'a ledger with a damaged beginning',
      'ledger.sqlite',
      (file) => overwrite(file, 0),
      /ledger\.sqlite.*damaged/,
    ],
    [
      'a ledger cut to nothing',
      'ledger.sqlite',
      (file) => truncate(file),
      /ledger\.sqlite is missing or empty/,
    ],
    ['no ledger', 'ledger.sqlite', (file) => rm(file), /ledger\.sqlite is missing or empty/],
    [
      'a damaged keyring',
      'keyring.sqlite',
      (file) => overwrite(file, 0),
      /keyring\.sqlite.*damaged/,
    ],
    ['no keyring', 'keyring.sqlite', (file) => rm(file), /keyring.*has no keys/],
    [
      'damaged read models',
      'read-models.sqlite',
      (file) => overwrite(file, 0),
      /read-models\.sqlite.*damaged/,
    ],
    [
      'another root key in its file',
      'root.key',
      (file) => writeFile(file, `${Buffer.alloc(32, 7).toString('base64')}\n`),
      /root key is not the one/,
    ],
    ['a root key file that holds none', 'root.key', (file) => writeFile(file, 'x'), /root\.key/],
    ['no root key', 'root.key', (file) => rm(file), /root\.key is missing/],
  ])('refuses %s, and leaves it as it is', async (_, name, damage, sentence) => {
    const copy = await newDataDirectory();
    await cp(sound, copy, { recursive: true });
    const file = path.join(copy, name);
    await damage(file);
    const damaged = await readFile(file).catch(() => undefined);
    const ledger = path.join(copy, 'ledger.sqlite');
    const before = await readFile(ledger).catch(() => undefined);
    expectRefused(await startOn(copy), sentence);
    if (damaged !== undefined) expect(await readFile(file)).toEqual(damaged);
    expect(await readFile(ledger).catch(() => undefined)).toEqual(before);
    await removeDataDirectory(copy);
  });

  it.each([
    ['ATTESTA_ROOT_KEY', Buffer.alloc(32, 9).toString('base64'), /root key is not the one/],
    ['ATTESTA_ROOT_KEY', 'short', /^ATTESTA_ROOT_KEY must /],
    ['ATTESTA_SMTP_URL', 'http://relay.example', /^ATTESTA_SMTP_URL must /],
    ['ATTESTA_LOG_LEVEL', 'loud', /^ATTESTA_LOG_LEVEL must /],
    ['ATTESTA_OPERATOR_KEY', 'short', /^ATTESTA_OPERATOR_KEY is too short/],
    ['ATTESTA_DATA_DIR', '/dev/null/data', /data folder|ATTESTA_DATA_DIR/],
  ])('refuses a wrong %s by a sentence that says so (%#)', async (name, value, sentence) => {
    expectRefused(await startOn(sound, { [name]: value }), sentence);
  });

  it('refuses the port of a running instance, which goes on', async () => {
    const running = await startProduct(sound);
    const { port } = new URL(running.url);
    expectRefused(await startOn(sound, { ATTESTA_PORT: port }), /^Port \d+ .* in use/);
    expect((await new Client(running.url).call('GET', '/health/ready')).status).toBe(200);
    expect((await running.stop()).status).toBe(0);
  });

  it('starts on the sound files after all of this', async () => {
    const again = await startProduct(sound);
    const { body } = await new Client(again.url, OPERATOR_KEY).get('/v1/accounts');
    expect(body.items).toHaveLength(1);
    expect((await again.stop()).status).toBe(0);
  });
});
