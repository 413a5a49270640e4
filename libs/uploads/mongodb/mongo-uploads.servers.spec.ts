import { scratchDatabase } from '#libs/mongodb/testing/scratch-database';
import { describeOnMongo } from '#test/servers/mongodb-server';
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
});
