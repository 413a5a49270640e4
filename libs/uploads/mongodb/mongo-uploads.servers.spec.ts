import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Mongo } from '#libs/mongodb/index';
import { interrupted } from '#libs/mongodb/testing/interrupted';
import { scratchDatabase, type ScratchDatabase } from '#libs/mongodb/testing/scratch-database';
import { describeOnMongo } from '#test/servers/mongodb-server';
import type { Uploads } from '../index.ts';
import { describeUploads } from '../testing/conformance.ts';
import { mongoUploads } from './mongo-uploads.ts';

type Part = { _id: string; sealed: Uint8Array };

describeOnMongo('uploads in MongoDB', () => {
  describeUploads('MongoDB', async () => {
    const { connect, remove } = scratchDatabase();
    const { database } = await connect();
    const parts = database.collection<Part>('uploads_parts', { promoteBuffers: true });
    return {
      open: async () => mongoUploads({ mongo: await connect() }),
      stored: async (name) => {
        const found = await parts.find().toArray();
        if (!found.every(({ _id }) => _id.startsWith(`${name}.`))) throw new Error('Others, too.');
        return Buffer.concat(found.map(({ sealed }) => sealed));
      },
      replace: async (_name, bytes) => {
        await parts.updateOne({}, { $set: { sealed: bytes } });
      },
      isEmpty: async () => {
        const counts = ['uploads', 'uploads_parts'].map((each) =>
          database.collection(each).countDocuments(),
        );
        return (await Promise.all(counts)).every((count) => count === 0);
      },
      remove,
    };
  });

  describe('interrupted anywhere', () => {
    const key = Buffer.alloc(32, 3);
    const NAME = 'imp_00000000000000000000000001';
    let database: ScratchDatabase;
    let mongo: Mongo;
    let uploads: Uploads;
    beforeEach(async () => {
      database = scratchDatabase();
      mongo = await database.connect();
      uploads = mongoUploads({ mongo });
    });
    afterEach(() => database.remove());

    async function* large(letter: string): AsyncGenerator<Uint8Array, void> {
      for (let piece = 0; piece < 12; piece += 1) yield Buffer.alloc(100_000, letter);
    }
    const stage = (letter: string, by = uploads) => by.stage(NAME, key, large(letter), 10_000_000);
    const letters = async (): Promise<string> => {
      const found = new Set<string>();
      let length = 0;
      for await (const chunk of uploads.read(NAME, key)) {
        length += chunk.length;
        found.add(String.fromCharCode(chunk[0] ?? 0));
      }
      expect(length).toBe(1_200_000);
      return [...found].join();
    };
    const sweep = async (): Promise<void> => {
      for (const entry of await uploads.list()) if (entry.staged) await uploads.discard(entry);
    };
    const partsLeft = (): Promise<number> =>
      mongo.database.collection('uploads_parts').countDocuments();

    it.each([true, false])(
      'a file is the old one or the new one, and nothing is left over (done: %s)',
      async (isDone) => {
        await uploads.keep(await stage('a'));
        for (let attempt = 1, isOver = false; !isOver; attempt += 1) {
          const staged = await stage('b');
          const broken = mongoUploads({ mongo: interrupted(mongo, attempt, { isDone }) });
          isOver = await broken.keep(staged).then(
            () => true,
            () => false,
          );
          await sweep();
          const now = await letters();
          expect(['a', 'b']).toContain(now);
          expect(await partsLeft()).toBe(2);
          await uploads.keep(await stage('a'));
          expect(await letters()).toBe('a');
          if (attempt > 30) throw new Error('It never ends.');
        }
        await uploads.remove(NAME);
        expect(await partsLeft()).toBe(0);
      },
    );

    it('what was being taken in, or taken away, is swept', async () => {
      for (let attempt = 1; attempt <= 6; attempt += 1) {
        const broken = mongoUploads({ mongo: interrupted(mongo, attempt, { isDone: true }) });
        await expect(stage('a', broken)).rejects.toMatchObject({ code: 'unreachable' });
        await sweep();
        expect(await partsLeft()).toBe(0);
      }
      for (let attempt = 1; attempt <= 5; attempt += 1) {
        await uploads.keep(await stage('a'));
        const broken = mongoUploads({ mongo: interrupted(mongo, attempt, { isDone: true }) });
        await expect(broken.remove(NAME)).rejects.toMatchObject({ code: 'unreachable' });
        await sweep();
        await uploads.remove(NAME);
        expect([await partsLeft(), await uploads.list()]).toEqual([0, []]);
      }
    });
  });
});
