import { scratchDatabase } from '#libs/mongodb/testing/scratch-database';
import { describeOnMongo } from '#test/servers/mongodb-server';
import { describeRequests } from '../testing/conformance.ts';
import { mongoRequestStore } from './mongo-request-store.ts';

describeOnMongo('requests in MongoDB', () => {
  describeRequests('MongoDB', async () => {
    const { connect, remove } = scratchDatabase();
    return { open: async () => mongoRequestStore({ mongo: await connect() }), remove };
  });
});
