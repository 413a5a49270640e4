import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { scratchDatabase, type ScratchDatabase } from '#libs/mongodb/testing/scratch-database';
import { describeOnMongo } from '#test/servers/mongodb-server';
import { describeLeases } from '../testing/conformance.ts';
import { mongoLeases } from './mongo-leases.ts';

describeOnMongo('leases in MongoDB', () => {
  describeLeases('MongoDB', async () => {
    const { connect, remove } = scratchDatabase();
    return { open: async () => mongoLeases({ mongo: await connect() }), remove };
  });
});

describeOnMongo('leases in MongoDB, of several processes', () => {
  let database: ScratchDatabase;
  beforeEach(() => {
    database = scratchDatabase();
  });
  afterEach(() => database.remove());

  it('never have two holders under one token', async () => {
    await database.connect();
    const program = `
      import { openMongo } from '#libs/mongodb/index';
      import { mongoLeases } from '#libs/leases/mongodb/index';
      const mongo = await openMongo(process.argv[1]);
      const leases = mongoLeases({ mongo });
      const tokens = [];
      for (let attempt = 0; attempt < 150; attempt += 1) {
        const lease = await leases.acquire('work', 'holder ' + process.pid + ' ' + attempt, attempt, 1);
        if (lease !== undefined) tokens.push(lease.token);
      }
      console.log(JSON.stringify(tokens));
      await mongo.close();
    `;
    const run = async (): Promise<number[]> => {
      const child = spawn(
        process.execPath,
        ['--conditions=attesta-source', '--input-type=module', '--eval', program, database.url],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      expect(await once(child, 'close')).toEqual([0, null]);
      return JSON.parse(output) as number[];
    };
    const tokens = (await Promise.all([run(), run(), run()])).flat();
    expect(tokens.length).toBeGreaterThan(100);
    expect(new Set(tokens).size).toBe(tokens.length);
  });
});
