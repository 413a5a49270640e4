import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newDataDirectory, removeDataDirectory } from './support/data-directory.ts';
import { engineConfig } from './support/engines.ts';
import { importPeople } from './support/imported-people.ts';
import { runToEnd, startProduct, type Ended } from './support/program.ts';
import { until } from './support/until.ts';

const PEOPLE = 300;

/** Each place has positions of its own. */
const withoutPositions = ({ out }: Ended): string => out.replace(/"position": "[^"]+"/g, '');

describe('moving from files to EventStoreDB and MongoDB', () => {
  /** Beside servers; the files that move are in another folder. */
  let data: string;
  let files: string;
  let account: string;
  let servers: NonNullable<ReturnType<typeof engineConfig>['servers']>;
  beforeEach(async () => {
    data = await newDataDirectory();
    files = path.join(path.dirname(data), 'files');
    const config = engineConfig(data);
    if (config.servers === undefined) throw new Error('This needs servers: npm run test:servers.');
    servers = config.servers;
    account = await importPeople(files, PEOPLE);
  });
  afterEach(() => removeDataDirectory(data));

  it('answers there as it did before, and every read model equals the ledger', async () => {
    const { eventStoreUrl, mongodbUrl } = servers;
    const copy = (what: string, to: string): Promise<Ended> =>
      runToEnd('cli', [what, 'copy', '--from', files, '--to', to, '--json'], {});
    const rootKey = (await readFile(path.join(files, 'root.key'), 'utf8')).trim();
    const onServers = (words: readonly string[]): Promise<Ended> =>
      runToEnd('cli', [...words, '--data-dir', data, '--json'], { ATTESTA_ROOT_KEY: rootKey });

    expect(await copy('ledger', eventStoreUrl)).toMatchObject({ status: 0, err: '' });
    const early = await onServers(['recipient', 'state', '7@people.example', '--account', account]);
    expect([early.status, JSON.parse(early.out)]).toEqual([
      1,
      expect.objectContaining({ code: 'keyring-corrupt' }),
    ]);
    expect(await copy('keyring', mongodbUrl)).toMatchObject({ status: 0, err: '' });

    for (const words of [
      ['recipient', 'state', '7@people.example', '--account', account],
      ['recipient', 'timeline', '7@people.example', '--account', account],
      ['mailable', '--at', '2026-01-01T00:00:00Z', '--account', account],
    ]) {
      const before = await runToEnd('cli', [...words, '--data-dir', files, '--json'], {});
      const after = await onServers(words);
      expect([before.status, after.status, after.err]).toEqual([0, 0, '']);
      expect(withoutPositions(after)).toBe(withoutPositions(before));
    }

    const product = await startProduct(data, { ATTESTA_ROOT_KEY: rootKey });
    const verified = await until('the read model to be made', async () => {
      const compared = await onServers(['rebuild', 'recipient-directory', '--verify']);
      const report = JSON.parse(compared.out) as Readonly<{ same: number; equal: boolean }>;
      return report.same === PEOPLE && report;
    });
    expect(verified.equal).toBe(true);
    expect((await product.stop()).status).toBe(0);
  });

  it('starts on nothing but the right root key', async () => {
    await runToEnd('cli', ['ledger', 'copy', '--from', files, '--to', servers.eventStoreUrl], {});
    await runToEnd('cli', ['keyring', 'copy', '--from', files, '--to', servers.mongodbUrl], {});
    const words = ['recipient', 'state', '7@people.example', '--account', account];
    const other = { ATTESTA_ROOT_KEY: Buffer.alloc(32, 5).toString('base64') };
    for (const environment of [other, {}]) {
      const refused = await runToEnd('cli', [...words, '--data-dir', data, '--json'], environment);
      expect([refused.status, JSON.parse(refused.out)]).toEqual([
        1,
        expect.objectContaining({ code: 'root-key-mismatch' }),
      ]);
    }
  });
});
