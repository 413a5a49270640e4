import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ImportId } from '#domain/kernel/index';
import { importOfUndoNote, undoNote, type Uploads } from '../index.ts';
import { SEALED_BYTES } from '../sealed-chunks.ts';

/** One store of uploads, which several processes may use at once. */
export type UploadsPlace = Readonly<{
  /** As another process would have it. */
  open: () => Promise<Uploads>;
  /** What is stored of a kept file, one chunk after the other. */
  stored: (name: string) => Promise<Buffer>;
  /** Puts something else in its place, past the adapter. */
  replace: (name: string, bytes: Uint8Array) => Promise<void>;
  /** Whether nothing at all is stored. */
  isEmpty: () => Promise<boolean>;
  remove: () => Promise<void>;
}>;

const key = randomBytes(32);
const NAME = 'imp_00000000000000000000000001';
const LIMIT = 10_000_000;

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array, void> {
  for (let start = 0; start < bytes.length; start += size)
    yield bytes.subarray(start, start + size);
}

/** What every store of uploads must do. */
export const describeUploads = (where: string, makePlace: () => Promise<UploadsPlace>): void => {
  describe(`uploads: ${where}`, () => {
    let place: UploadsPlace;
    let uploads: Uploads;

    beforeEach(async () => {
      place = await makePlace();
      uploads = await place.open();
    });
    afterEach(() => place.remove());

    const kept = async (bytes: Buffer, piece = 10_000): Promise<void> => {
      await uploads.keep(await uploads.stage(NAME, key, inPieces(bytes, piece), LIMIT));
    };
    const readBack = async (under = key, from = uploads): Promise<Buffer> => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of from.read(NAME, under)) chunks.push(Buffer.from(chunk));
      return Buffer.concat(chunks);
    };
    const staged = async (text: string) =>
      uploads.stage(NAME, key, inPieces(Buffer.from(text), 3), LIMIT);

    it.each([0, 1, 65_535, 65_536, 65_537, 131_072, 400_000, 1_048_576, 1_048_577, 2_500_000])(
      'IMP-1: gives %d bytes back as they came, to all',
      async (length) => {
        const bytes = randomBytes(length);
        await kept(bytes);
        expect((await readBack(key, await place.open())).equals(bytes)).toBe(true);
      },
    );

    it('PRV-2: shows nothing of the file in what is stored', async () => {
      await kept(Buffer.from('Email\nmarie.tremblay@exemple.example\n'.repeat(5_000)));
      const stored = await place.stored(NAME);
      expect(stored.length).toBeGreaterThan(100_000);
      expect(stored.includes('marie')).toBe(false);
      await expect(readBack(randomBytes(32))).rejects.toMatchObject({ code: 'upload-damaged' });
    });

    it('finds that a file was cut at the border of a chunk', async () => {
      await kept(randomBytes(200_000));
      await place.replace(NAME, (await place.stored(NAME)).subarray(0, 2 * SEALED_BYTES));
      await expect(readBack()).rejects.toMatchObject({ code: 'upload-damaged' });
    });

    it('finds that two chunks were swapped', async () => {
      await kept(randomBytes(200_000));
      const bytes = await place.stored(NAME);
      const [first, second] = [
        bytes.subarray(0, SEALED_BYTES),
        bytes.subarray(SEALED_BYTES, 2 * SEALED_BYTES),
      ];
      await place.replace(NAME, Buffer.concat([second, first, bytes.subarray(2 * SEALED_BYTES)]));
      await expect(readBack()).rejects.toMatchObject({ code: 'upload-damaged' });
    });

    it('keeps nothing of a file that is too large', async () => {
      const staging = uploads.stage(NAME, key, inPieces(randomBytes(2_000), 100), 1_999);
      await expect(staging).rejects.toMatchObject({ code: 'body-too-large' });
      expect(await place.isEmpty()).toBe(true);
    });

    it('keeps nothing of a file whose sender went away', async () => {
      async function* broken(): AsyncGenerator<Uint8Array, void> {
        yield* inPieces(randomBytes(1_200_000), 10_000);
        throw new Error('aborted');
      }
      await expect(uploads.stage(NAME, key, broken(), LIMIT)).rejects.toThrow('aborted');
      expect(await place.isEmpty()).toBe(true);
    });

    it('tells two files apart, and says the same of the same', async () => {
      const [one, same, other] = [
        await staged('a,b,c'),
        await staged('a,b,c'),
        await staged('a,b,d'),
      ];
      expect(one.digest).toBe(same.digest);
      expect(one.digest).not.toBe(other.digest);
      await uploads.discard(one);
      const list = await uploads.list();
      expect(list.filter((entry) => entry.staged)).toHaveLength(2);
      expect(list.every(({ name }) => name === NAME)).toBe(true);
    });

    it('does not count a file before it is kept, and lists it as what it is', async () => {
      const waiting = await staged('a,b,c');
      await expect(readBack()).rejects.toMatchObject({ code: 'upload-missing' });
      expect((await uploads.list()).map((entry) => entry.staged)).toEqual([true]);
      const before = Date.now() - 60_000;
      expect((await uploads.list()).every(({ changedAt }) => changedAt > before)).toBe(true);
      await uploads.keep(waiting);
      expect((await uploads.list()).map((entry) => entry.staged)).toEqual([false]);
      await uploads.discard(waiting);
      expect(String(await readBack())).toBe('a,b,c');
    });

    it('replaces a file that was kept under the same name', async () => {
      await kept(randomBytes(1_200_000));
      await uploads.keep(await staged('later'));
      expect(String(await readBack())).toBe('later');
      expect(await uploads.list()).toHaveLength(1);
      await uploads.remove(NAME);
      expect(await place.isEmpty()).toBe(true);
    });

    it('says that a file is not there', async () => {
      await expect(readBack()).rejects.toMatchObject({ code: 'upload-missing' });
      const swept = await staged('a,b,c');
      await uploads.discard(swept);
      await expect(uploads.keep(swept)).rejects.toMatchObject({ code: 'upload-missing' });
      await uploads.remove(NAME);
      expect(await uploads.list()).toEqual([]);
    });

    it('takes no name that is not an id', async () => {
      await expect(uploads.note('../etc')).rejects.toThrow(TypeError);
      const staging = uploads.stage('a.b', key, inPieces(Buffer.from('x'), 1), LIMIT);
      await expect(staging).rejects.toThrow(TypeError);
      expect(await place.isEmpty()).toBe(true);
    });

    it('keeps a note once, for all, until it is taken away', async () => {
      const importId = ImportId.parse('imp_01jd0000000000000000000001');
      await uploads.note(undoNote(importId));
      await uploads.note(undoNote(importId));
      const elsewhere = await place.open();
      const names = (await elsewhere.list()).map(({ name }) => name);
      expect(names.map(importOfUndoNote)).toEqual([importId]);
      await elsewhere.remove(undoNote(importId));
      expect(await uploads.list()).toEqual([]);
    });
  });
};
