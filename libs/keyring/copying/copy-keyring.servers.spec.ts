import { scratchDatabase } from '#libs/mongodb/testing/scratch-database';
import { describeOnMongo } from '#test/servers/mongodb-server';
import { mongoKeyring, mongoWrappedKeys } from '../mongodb/index.ts';
import { describeKeyringCopy, type KeyringCopyPlace } from '../testing/copy-conformance.ts';
import { embeddedCopyPlace, ROOT_KEY } from '../testing/embedded-copy-place.ts';

const mongoCopyPlace = async (): Promise<KeyringCopyPlace> => {
  const { connect, remove } = scratchDatabase();
  const mongo = await connect();
  return {
    openKeyring: (rootKey = ROOT_KEY) => mongoKeyring({ mongo, rootKey, directory: 'none' }),
    openWrapped: async () => mongoWrappedKeys({ mongo }),
    remove,
  };
};

describeOnMongo('a copy of a keyring to MongoDB and back', () => {
  describeKeyringCopy('from files to MongoDB', async () => ({
    from: embeddedCopyPlace(),
    to: await mongoCopyPlace(),
  }));
  describeKeyringCopy('from MongoDB to files', async () => ({
    from: await mongoCopyPlace(),
    to: embeddedCopyPlace(),
  }));
});
