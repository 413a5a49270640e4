import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ImportId } from '#domain/kernel/index';
import { SEALED_BYTES } from './sealed-chunks.ts';
import { importOfUndoNote, undoNote } from './undo-note.ts';
import { Uploads } from './uploads.ts';

const key = randomBytes(32);
const NAME = 'imp_00000000000000000000000001';
const LIMIT = 10_000_000;

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array, void> {
  for (let start = 0; start < bytes.length; start += size)
    yield bytes.subarray(start, start + size);
}

describe('uploads', () => {
  let directory: string;
  let uploads: Uploads;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'uploads-'));
    uploads = new Uploads(directory);
  });
  afterEach(() => rm(directory, { recursive: true }));

  const kept = async (bytes: Buffer, piece = 10_000): Promise<void> => {
    await uploads.keep(await uploads.stage(NAME, key, inPieces(bytes, piece), LIMIT));
  };
  const readBack = async (under = key): Promise<Buffer> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of uploads.read(NAME, under)) chunks.push(chunk);
    return Buffer.concat(chunks);
  };

  it.each([0, 1, 65_535, 65_536, 65_537, 131_072, 400_000])(
    'IMP-1: gives %d bytes back as they came',
    async (length) => {
      const bytes = randomBytes(length);
      await kept(bytes);
      expect((await readBack()).equals(bytes)).toBe(true);
    },
  );

  it('PRV-2: shows nothing of the file on disk', async () => {
    await kept(Buffer.from('Email\nmarie.tremblay@exemple.example\n'.repeat(5_000)));
    const onDisk = await readFile(join(directory, NAME));
    expect(onDisk.includes('marie')).toBe(false);
    await expect(readBack(randomBytes(32))).rejects.toMatchObject({ code: 'upload-damaged' });
  });

  it('finds that a file was cut at the border of a chunk', async () => {
    await kept(randomBytes(200_000));
    await truncate(join(directory, NAME), 2 * SEALED_BYTES);
    await expect(readBack()).rejects.toMatchObject({ code: 'upload-damaged' });
  });

  it('finds that two chunks were swapped', async () => {
    await kept(randomBytes(200_000));
    const path = join(directory, NAME);
    const bytes = await readFile(path);
    const [first, second] = [
      bytes.subarray(0, SEALED_BYTES),
      bytes.subarray(SEALED_BYTES, 2 * SEALED_BYTES),
    ];
    await writeFile(path, Buffer.concat([second, first, bytes.subarray(2 * SEALED_BYTES)]));
    await expect(readBack()).rejects.toMatchObject({ code: 'upload-damaged' });
  });

  it('keeps nothing of a file that is too large', async () => {
    const staging = uploads.stage(NAME, key, inPieces(randomBytes(2_000), 100), 1_999);
    await expect(staging).rejects.toMatchObject({ code: 'body-too-large' });
    expect(await readdir(directory)).toEqual([]);
  });

  it('keeps nothing of a file whose sender went away', async () => {
    async function* broken(): AsyncGenerator<Uint8Array, void> {
      yield* inPieces(randomBytes(100_000), 1_000);
      throw new Error('aborted');
    }
    await expect(uploads.stage(NAME, key, broken(), LIMIT)).rejects.toThrow('aborted');
    expect(await readdir(directory)).toEqual([]);
  });

  it('tells two files apart, and says the same of the same', async () => {
    const stage = (text: string) => uploads.stage(NAME, key, inPieces(Buffer.from(text), 3), LIMIT);
    const [one, same, other] = [await stage('a,b,c'), await stage('a,b,c'), await stage('a,b,d')];
    expect(one.digest).toBe(same.digest);
    expect(one.digest).not.toBe(other.digest);
    await uploads.discard(one);
    expect((await uploads.list()).filter(({ staged }) => staged)).toHaveLength(2);
  });

  it('says that a file is not there', async () => {
    await expect(readBack()).rejects.toMatchObject({ code: 'upload-missing' });
    await uploads.remove(NAME);
    expect(await new Uploads(join(directory, 'none')).list()).toEqual([]);
  });

  it('keeps a note once, until it is taken away, in a folder that is made for it', async () => {
    const elsewhere = new Uploads(join(directory, 'none'));
    const importId = ImportId.parse('imp_01jd0000000000000000000001');
    await elsewhere.note(undoNote(importId));
    await elsewhere.note(undoNote(importId));
    const names = (await elsewhere.list()).map(({ name }) => name);
    expect(names.map(importOfUndoNote)).toEqual([importId]);
    await elsewhere.remove(undoNote(importId));
    expect(await elsewhere.list()).toEqual([]);
    expect([importId, 'undo_', 'undo_imp_1'].map(importOfUndoNote)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
