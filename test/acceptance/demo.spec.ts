import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { newDataDirectory, removeDataDirectory } from './support/data-directory.ts';
import { freePort, runToEnd, type Ended } from './support/program.ts';

const LONG = 150_000;

describe('the demo', () => {
  let dataDirectory: string;
  let first: Ended;

  const demo = async (): Promise<Ended> =>
    runToEnd('cli', ['demo', '--exit', '--json'], {
      ATTESTA_DATA_DIR: dataDirectory,
      ATTESTA_PORT: String(await freePort()),
      // Mail to made-up people must not leave, whatever relay is configured.
      ATTESTA_SMTP_URL: 'smtp://relay.invalid:2525',
    });

  beforeAll(async () => {
    dataDirectory = await newDataDirectory();
    first = await demo();
  }, LONG);
  afterAll(() => removeDataDirectory(dataDirectory));

  it('does the main job from a file to an unsubscription through HTTP, checks it and ends with 0', () => {
    expect(first).toMatchObject({ status: 0, err: '' });
    expect(JSON.parse(first.out)).toMatchObject({
      counts: { imported: 3_000, sent: 2_340, skipped: 410, unsubscribed: 20 },
      explain: {
        yes: { allow: true, basis: 'purchase' },
        no: { allow: false, reasons: [{ code: 'consent-expired' }] },
      },
    });
  });

  it('keeps its keys for the owner alone, and its people out of its log (LED-6)', async () => {
    for (const name of ['demo.json', 'demo-api-key']) {
      expect((await stat(path.join(dataDirectory, name))).mode & 0o777).toBe(0o600);
    }
    expect(await readFile(path.join(dataDirectory, 'demo.log'), 'utf8')).not.toMatch(/@/);
  });

  it(
    'finds its own data in a second run and makes nothing twice',
    async () => {
      const second = await demo();
      expect(second).toMatchObject({ status: 0, err: '' });
      const [before, after] = [JSON.parse(first.out), JSON.parse(second.out)];
      expect(after.accountId).toBe(before.accountId);
      expect(after.counts).toEqual(before.counts);
      expect(new URL(after.links.message).pathname).toBe(new URL(before.links.message).pathname);
    },
    LONG,
  );
});
