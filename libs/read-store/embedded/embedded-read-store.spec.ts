import { describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeReadStore } from '../testing/conformance.ts';
import { model, position } from '../testing/random-changes.ts';
import type { Change } from '../change.ts';
import { embeddedReadStore } from './index.ts';

const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'read-store-'));

describeReadStore('embedded', async () => {
  const directory = await temporaryFolder();
  return {
    open: async () => embeddedReadStore({ directory }),
    remove: () => rm(directory, { recursive: true }),
  };
});

const rawBytes = async (directory: string): Promise<Buffer> => {
  const files = await readdir(directory);
  return Buffer.concat(await Promise.all(files.map((file) => readFile(join(directory, file)))));
};

describe('the file of the embedded read store', () => {
  it('PRV-2 holds nothing after a scrub that was deleted or overwritten before', async () => {
    const directory = await temporaryFolder();
    const store = embeddedReadStore({ directory });
    const generation = await store.serving(model);
    const secret = (n: number): string => `secret-${n}-of-somebody@`;
    const write = (n: number): Change => ({
      op: 'upsert',
      id: `${(n * 7919) % 3001}-${n}`,
      set: { name: secret(n), kind: 'k', free: 'x'.repeat((n * 31) % 5_000) },
      addToSet: { tags: [secret(n), 'all'] },
    });
    const tombstone = ({ id }: Change): Change => ({
      op: 'upsert',
      id,
      unset: ['name', 'tags', 'free'],
    });
    const count = 3_000;
    const erased = Array.from({ length: count }, (_, n) => n).filter((n) => n % 7 === 0);
    for (let n = 0; n < count; n += 100) {
      const changes = Array.from({ length: 100 }, (_, k) => write(n + k));
      await generation.apply({
        changes: [{ position: position(n + 1), changes }],
        checkpoint: position(n + 1),
      });
    }
    const erasures = erased.map((n) =>
      n % 2 === 0 ? tombstone(write(n)) : { op: 'delete' as const, id: write(n).id },
    );
    await generation.apply({
      changes: [{ position: position(count + 1), changes: erasures }],
      checkpoint: position(count + 1),
    });
    await store.scrub();

    const bytes = await rawBytes(directory);
    expect(erased.filter((n) => bytes.includes(secret(n)))).toEqual([]);
    expect(bytes.includes(secret(1))).toBe(true);

    const next = await store.begin(model);
    await (await store.promote(model, next)).drop();
    await store.scrub();
    expect((await rawBytes(directory)).includes('-of-somebody@')).toBe(false);
    await store.close();
    await rm(directory, { recursive: true });
  });

  it('that is damaged is refused by name, and the sentence says that it may be deleted', async () => {
    const directory = await temporaryFolder();
    const path = join(directory, 'read-models.sqlite');
    await writeFile(path, 'This is no database. '.repeat(500));
    expect(() => embeddedReadStore({ directory })).toThrow(
      new RegExp(`${path} is damaged.*delete the file`),
    );
    await rm(directory, { recursive: true });
  });

  it('with other indexes than the code declares asks for a new version', async () => {
    const directory = await temporaryFolder();
    const store = embeddedReadStore({ directory });
    await store.serving(model);
    const changed = { ...model, indexes: [['kind']] };
    await expect(store.serving(changed)).rejects.toThrow(/raise its version/);
    await store.close();
    await rm(directory, { recursive: true });
  });
});
