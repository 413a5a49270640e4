import { describe, expect, it } from '@jest/globals';
import { copyFile, mkdtemp, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ImportWorkbench } from '#apps/importer/testing/workbench';
import { openEngines } from './engines.ts';

const onDirectory = async (work: (dataDirectory: string) => Promise<void>): Promise<void> => {
  const directory = await mkdtemp(path.join(tmpdir(), 'attesta-engines-'));
  try {
    await work(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
};

const open = (dataDirectory: string) => openEngines({ dataDirectory }, () => undefined);

const withAnAccount = (work: (directory: string) => Promise<void>): Promise<void> =>
  onDirectory(async (directory) => {
    await (await ImportWorkbench.open(directory)).close();
    await work(directory);
  });

describe('opening the engines', () => {
  it('makes what is missing, and opens it again', () =>
    onDirectory(async (directory) => {
      await (await open(path.join(directory, 'data'))).close();
      await (await open(path.join(directory, 'data'))).close();
    }));

  it.each([
    ['cut to nothing', (file: string) => truncate(file)],
    ['missing', (file: string) => rm(file)],
  ])('refuses a ledger that is %s beside the keys of people, and makes no new one', (_, lose) =>
    withAnAccount(async (directory) => {
      const ledger = path.join(directory, 'ledger.sqlite');
      await writeFile(`${ledger}-wal`, 'what was not copied back yet');
      await lose(ledger);
      await expect(open(directory)).rejects.toMatchObject({ code: 'corrupt' });
      expect((await stat(ledger).catch(() => ({ size: 0 }))).size).toBe(0);
      expect((await stat(`${ledger}-wal`)).size).toBeGreaterThan(0);
    }),
  );

  it('refuses a keyring that lost its keys beside a ledger that needs them', () =>
    withAnAccount(async (directory) => {
      await rm(path.join(directory, 'keyring.sqlite'));
      await expect(open(directory)).rejects.toMatchObject({ code: 'keyring-corrupt' });
    }));

  it.each([
    ['keyring.sqlite', ['keyring.sqlite', 'root.key'], /keys .* another ledger/],
    ['read-models.sqlite', ['read-models.sqlite'], /read models .* another ledger/],
  ])('refuses %s of another ledger, and says what to do', (file, names, message) =>
    withAnAccount((directory) =>
      withAnAccount(async (other) => {
        await (await open(other)).close();
        for (const name of names) {
          await copyFile(path.join(other, name), path.join(directory, name));
        }
        for (const end of ['-wal', '-shm']) {
          await rm(path.join(directory, `${file}${end}`), { force: true });
        }
        const failure = { code: 'foreign-ledger', message: expect.stringMatching(message) };
        await expect(open(directory)).rejects.toMatchObject(failure);
      }),
    ),
  );

  const NOBODY = '127.0.0.1:1';
  it.each([
    ['esdb', `esdb://jo:s3cret@${NOBODY}?nonsense=1`, `mongodb://${NOBODY}/attesta`],
    ['mongodb', `esdb://${NOBODY}?tls=false`, `mongodb://jo:s3cret@${NOBODY}/attesta?nonsense=1`],
  ])('refuses a wrong option in the address of %s before it asks the other server', (_, ...urls) =>
    onDirectory(async (directory) => {
      const [eventStoreUrl, mongodbUrl] = urls;
      const config = { dataDirectory: directory, servers: { eventStoreUrl, mongodbUrl } };
      const opened = openEngines(config, () => undefined);
      const refusal: unknown = await opened.catch((error: unknown) => error);
      // Either server would be unreachable.
      expect(refusal).toMatchObject({ code: expect.stringMatching(/^(cannot-open|wrong-url)$/) });
      expect(String(refusal)).toMatch(/ATTESTA_(EVENTSTORE|MONGODB)_URL/);
      expect(String(refusal)).not.toContain('s3cret');
    }),
  );

  it('says in a sentence that the folder cannot be made', () =>
    onDirectory(async (directory) => {
      await writeFile(path.join(directory, 'file'), '');
      await expect(open(path.join(directory, 'file', 'data'))).rejects.toMatchObject({
        code: 'cannot-open',
        message: expect.stringMatching(/cannot be made/),
      });
    }));
});
