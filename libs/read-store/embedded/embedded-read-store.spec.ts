import { describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeReadStore } from '../testing/conformance.ts';
import { model, position } from '../testing/random-changes.ts';
import type { Change } from '../change.ts';
import type { Generation, ReadStore } from '../port.ts';
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
    let last = 0;
    const apply = (changes: readonly Change[]): Promise<void> => {
      const checkpoint = position((last += 1));
      return generation.apply({ changes: [{ position: checkpoint, changes }], checkpoint });
    };
    // Sizes change in every round, so that SQLite moves rows between pages and leaves copies behind.
    const write = (n: number, round: number): Change => ({
      op: 'upsert',
      id: `${(n * 7919) % 5_003}-${n}`,
      set: {
        name: secret(n),
        kind: 'k',
        free: 'x'.repeat((n * 31 + round * 577) % 900),
        tags: [secret(n), 'all'],
      },
    });
    const erase = (n: number): Change => {
      const { id } = write(n, 0);
      return n % 2 === 0
        ? { op: 'upsert', id, unset: ['name', 'tags', 'free'] }
        : { op: 'delete', id };
    };
    const erased: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      const [from, to] = [round * 400, round * 400 + 400];
      const numbers = Array.from({ length: to }, (_, n) => n);
      await apply(numbers.slice(from).map((n) => write(n, round)));
      const gone = new Set(erased);
      const resized = numbers.filter((n) => n % 5 === round % 5 && !gone.has(n));
      await apply(resized.map((n) => write(n, round)));
      const now = numbers.filter((n) => n % 37 === round && !gone.has(n));
      await apply(now.map(erase));
      erased.push(...now);
    }
    await store.scrub();

    const bytes = await rawBytes(directory);
    const found = new Set(bytes.toString('latin1').match(/secret-\d+-of-somebody@/g));
    expect(erased.length).toBeGreaterThan(1_000);
    expect(erased.filter((n) => found.has(secret(n)))).toEqual([]);
    expect(found.size).toBe(8_000 - erased.length);

    const next = await store.begin(model);
    await (await store.promote(model, next)).drop();
    await store.scrub();
    expect((await rawBytes(directory)).includes('-of-somebody@')).toBe(false);
    await store.close();
    await rm(directory, { recursive: true });
  });

  it.each(['read-models.sqlite', 'read-models-personal.sqlite'])(
    '%s that is damaged is refused by name, and the sentence says that it may be deleted',
    async (file) => {
      const directory = await temporaryFolder();
      const path = join(directory, file);
      await writeFile(path, 'This is no database. '.repeat(500));
      expect(() => embeddedReadStore({ directory })).toThrow(
        new RegExp(`${path} is damaged.*delete the file`),
      );
      await rm(directory, { recursive: true });
    },
  );

  it('PRV-2 drops a generation together with its file, and files that no list knows', async () => {
    const directory = await temporaryFolder();
    const files = async (): Promise<readonly string[]> =>
      (await readdir(directory)).filter((file) => /personal-\d+\.sqlite$/.test(file)).sort();
    const store = embeddedReadStore({ directory });
    const other = embeddedReadStore({ directory });
    const old = await store.serving(model);
    const change: Change = { op: 'upsert', id: 'a', set: { name: 'n' } };
    const batch = {
      changes: [{ position: position(1), changes: [change] }],
      checkpoint: position(1),
    };
    const known = await other.serving(model);
    const next = await store.begin(model);
    await next.apply(batch);
    await (await store.promote(model, next)).drop();
    expect(await files()).toEqual([`read-models-personal-${next.id}.sqlite`]);
    await expect(known.apply(batch)).rejects.toThrow('was dropped');
    expect(await other.model(model).get('a')).toEqual({ id: 'a', name: 'n' });
    await expect(old.checkpoint()).rejects.toThrow('was dropped');

    await writeFile(join(directory, 'read-models-personal-99.sqlite'), 'left behind by a crash');
    await store.discard(model);
    expect(await files()).toEqual([`read-models-personal-${next.id}.sqlite`]);
    await store.close();
    await other.close();

    await rm(join(directory, `read-models-personal-${next.id}.sqlite`));
    const again = embeddedReadStore({ directory });
    expect(await again.model(model).get('a')).toBeUndefined();
    expect(await (await again.serving(model)).checkpoint()).toBeUndefined();
    await again.close();
    await rm(directory, { recursive: true });
  });

  it('LED-4 keeps what was written of a batch that ends half-way, with the checkpoint that belongs to it', async () => {
    const directory = await temporaryFolder();
    const store = embeddedReadStore({ directory });
    const generation = await store.serving(model);
    const entries = Array.from({ length: 120 }, (_, n) => ({
      position: position(n + 1),
      changes: [{ op: 'upsert', id: `d${n + 1}`, set: { name: `n${n + 1}` } }] as Change[],
    }));
    const impossible: Change = { op: 'upsert', id: 'd1', inc: { name: 1 } };
    const broken = entries.with(70, { position: position(71), changes: [impossible] });
    await expect(generation.apply({ changes: broken, checkpoint: position(130) })).rejects.toThrow(
      TypeError,
    );
    expect(await generation.checkpoint()).toBe(position(50));
    expect((await generation.scan(undefined, 200)).length).toBe(50);

    await generation.apply({ changes: entries, checkpoint: position(130) });
    expect(await generation.checkpoint()).toBe(position(130));
    expect((await generation.scan(undefined, 200)).length).toBe(120);
    await store.close();
    await rm(directory, { recursive: true });
  });

  it.each([
    ['of its own', model],
    ['that it shares', { ...model, personal: false }],
  ])('sees in a file %s that two generations are equal, part by part', async (_, each) => {
    const directory = await temporaryFolder();
    const store = embeddedReadStore({ directory });
    const generations = [await store.serving(each), await store.begin(each)] as const;
    const changes = (value: string): Change[] =>
      Array.from({ length: 12_000 }, (_, n) => ({
        ...{ op: 'upsert', id: `d${(n * 7919) % 12_000}` },
        set: { name: n === 11_000 ? value : 'n' },
      }));
    const checkpoint = position(1);
    for (const generation of generations) {
      await generation.apply({
        changes: [{ position: checkpoint, changes: changes('n') }],
        checkpoint,
      });
    }
    const [serving, next] = generations;
    let parts = 0;
    const keep = async (): Promise<void> => void (parts += 1);
    expect(await serving.equals(next, keep)).toBe(true);
    expect(parts).toBe(3);
    const lost = new Error('The lease is lost.');
    await expect(serving.equals(next, () => Promise.reject(lost))).rejects.toBe(lost);

    const later = position(2);
    await next.apply({ changes: [{ position: later, changes: changes('m') }], checkpoint: later });
    expect(await serving.equals(next, keep)).toBe(false);
    await store.close();
    await rm(directory, { recursive: true });
  });

  it('is not mistaken about generations of other folders and engines, whose ids are alike', async () => {
    const directories = [await temporaryFolder(), await temporaryFolder()];
    const stores = directories.map((directory) => embeddedReadStore({ directory }));
    const checkpoint = position(1);
    const apply = async (store: ReadStore, name: string): Promise<Generation> => {
      const generation = await store.serving(model);
      const changes: Change[] = [{ op: 'upsert', id: 'a', set: { name } }];
      await generation.apply({ changes: [{ position: checkpoint, changes }], checkpoint });
      return generation;
    };
    const [here, there] = stores;
    if (here === undefined || there === undefined) throw new Error('There are two.');
    const [ours, theirs] = [await apply(here, 'n'), await apply(there, 'm')];
    expect(ours.id).toBe(theirs.id);
    const keep = async (): Promise<void> => undefined;
    expect(await ours.equals(theirs, keep)).toBe(false);
    expect(await ours.equals(ours, keep)).toBe(true);
    expect(await ours.equals({ ...ours }, keep)).toBe(false);
    await Promise.all(stores.map((store) => store.close()));
    await Promise.all(directories.map((directory) => rm(directory, { recursive: true })));
  });

  it('leaves it to a scan to name a file that turns out to be damaged', async () => {
    const directory = await temporaryFolder();
    const store = embeddedReadStore({ directory });
    const checkpoint = position(1);
    const changes = Array.from({ length: 500 }, (_, n): Change => ({
      op: 'upsert',
      id: `d${n}`,
      set: { free: 'x'.repeat(900) },
    }));
    const apply = (to: Generation): Promise<void> =>
      to.apply({ changes: [{ position: checkpoint, changes }], checkpoint });
    const before = await store.serving(model);
    await apply(before);
    await store.close();
    const path = join(directory, `read-models-personal-${before.id}.sqlite`);
    const bytes = await readFile(path);
    await writeFile(path, bytes.fill(0xff, bytes.length / 4, bytes.length));

    const again = embeddedReadStore({ directory });
    const serving = await again.serving(model);
    const next = await again.begin(model);
    await apply(next);
    const keep = async (): Promise<void> => undefined;
    expect(await serving.equals(next, keep)).toBe(false);
    expect(await next.equals(serving, keep)).toBe(false);
    await expect(serving.scan(undefined, 1_000)).rejects.toThrow(`${path} is damaged`);
    await again.close();
    await rm(directory, { recursive: true });
  });

  it('discards what somebody is filling who stands still', async () => {
    const directory = await temporaryFolder();
    const [stuck, other] = [embeddedReadStore({ directory }), embeddedReadStore({ directory })];
    await stuck.serving(model);
    const left = await stuck.begin(model);
    const changes: readonly Change[] = [{ op: 'upsert', id: 'a', set: { name: 'n' } }];
    await left.apply({ changes: [{ position: position(1), changes }], checkpoint: position(1) });
    await other.discard(model);
    const files = await readdir(directory);
    expect(files.filter((file) => file.includes(`-${left.id}.sqlite`))).toEqual([]);
    await other.close();
    await stuck.close();
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
