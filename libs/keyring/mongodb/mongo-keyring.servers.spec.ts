import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AccountId } from '#domain/kernel/index';
import { openMongo, type Mongo } from '#libs/mongodb/index';
import { interrupted } from '#libs/mongodb/testing/interrupted';
import { scratchDatabase, type ScratchDatabase } from '#libs/mongodb/testing/scratch-database';
import { describeOnMongo } from '#test/servers/mongodb-server';
import { startFerretDb } from '#test/servers/start-ferretdb';
import type { Keyring, Subject } from '../port.ts';
import { describeKeyring } from '../testing/conformance.ts';
import { expectSameKeysInProcesses } from '../testing/processes.ts';
import { DATA_KEYS, type DataKeyDocument } from './data-key-collection.ts';
import { mongoKeyring } from './mongo-keyring.ts';
import { SIGNING_KEYS, type SigningKeyDocument } from './signing-key-collection.ts';

const accountId = AccountId.parse('acc_01jd0000000000000000000000');
const subjects = (count: number): Subject[] =>
  Array.from({ length: count }, (_, index) => ({ accountId, subject: `subject ${index}` }));
const newDirectory = (): string => mkdtempSync(join(tmpdir(), 'attesta-keyring-'));

describeOnMongo('a keyring in MongoDB', () => {
  describeKeyring('MongoDB', async () => {
    const { connect, remove } = scratchDatabase();
    const directory = newDirectory();
    let time = 0;
    return {
      open: async () => mongoKeyring({ mongo: await connect(), directory, now: () => time }),
      setTime: (milliseconds) => (time = milliseconds),
      remove: async () => {
        await remove();
        rmSync(directory, { recursive: true });
      },
    };
  });

  let database: ScratchDatabase;
  let mongo: Mongo;
  let directories: string[];
  const anotherMachine = (): string => {
    const directory = newDirectory();
    directories.push(directory);
    return directory;
  };
  beforeEach(async () => {
    database = scratchDatabase();
    mongo = await database.connect();
    directories = [];
  });
  afterEach(async () => {
    await database.remove();
    for (const directory of directories) rmSync(directory, { recursive: true });
  });
  const open = (options: { directory?: string; rootKey?: Uint8Array } = {}): Promise<Keyring> =>
    mongoKeyring({ mongo, rootKey: Buffer.alloc(32, 7), directory: 'none', ...options });
  const dataKeys = () =>
    mongo.database.collection<DataKeyDocument>(DATA_KEYS, { promoteBuffers: true });
  const signingKeys = () =>
    mongo.database.collection<SigningKeyDocument>(SIGNING_KEYS, { promoteBuffers: true });
  const everything = async (): Promise<string> => {
    const collections = await mongo.database.listCollections().toArray();
    const documents = await Promise.all(
      collections.map(({ name }) =>
        mongo.database.collection(name, { promoteBuffers: true }).find().toArray(),
      ),
    );
    return JSON.stringify(documents, (_name, value: unknown) =>
      typeof value === 'object' && value !== null && 'data' in value
        ? Buffer.from(value.data as number[]).toString('hex')
        : value,
    );
  };
  const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex');

  describe('its root key', () => {
    it('is refused when it is another one, and the sentence says what to do (O-06)', async () => {
      await open();
      await expect(open({ rootKey: Buffer.alloc(32, 8) })).rejects.toMatchObject({
        code: 'root-key-mismatch',
        message: expect.stringContaining(mongo.place),
      });
      await expect(open({ rootKey: Buffer.alloc(16) })).rejects.toThrow(TypeError);
    });

    it('is made once in the data folder where none is given, and used again', async () => {
      const directory = anotherMachine();
      const keyring = await mongoKeyring({ mongo, directory });
      const again = await mongoKeyring({ mongo, directory });
      expect(again.rootFingerprint()).toBe(keyring.rootFingerprint());
      expect(readdirSync(directory)).toEqual(['root.key']);
    });

    it('is the one of the first of two machines that start at once; the other makes none', async () => {
      const two = [anotherMachine(), anotherMachine()];
      const started = await Promise.allSettled(
        two.map((directory) => mongoKeyring({ mongo, directory })),
      );
      const refused = started.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
      expect(refused).toEqual([expect.objectContaining({ code: 'root-key-mismatch' })]);
      expect(two.map((directory) => readdirSync(directory).length).sort()).toEqual([0, 1]);
    });

    it('is never made where the keyring has one already (O-06)', async () => {
      await open();
      const directory = anotherMachine();
      await expect(mongoKeyring({ mongo, directory })).rejects.toMatchObject({
        code: 'root-key-mismatch',
        message: expect.stringContaining('missing'),
      });
      expect(readdirSync(directory)).toEqual([]);
    });

    it('is missed where its note is lost but keys are there', async () => {
      await (await open()).ensure(subjects(1));
      await mongo.database.collection('keyring').drop();
      await expect(open()).rejects.toMatchObject({ code: 'half-created' });
    });

    it('needs a folder that can be made', async () => {
      const directory = anotherMachine();
      writeFileSync(join(directory, 'file'), '');
      const inFile = mongoKeyring({ mongo, directory: join(directory, 'file', 'data') });
      await expect(inFile).rejects.toMatchObject({ code: 'cannot-open' });
    });
  });

  it('holds no key in clear', async () => {
    const keyring = await open();
    const keys = await keyring.ensure(subjects(20));
    const { identity } = await keyring.accountKeys(accountId);
    const stored = await everything();
    expect(stored).toContain(hex(keys[0]?.id));
    for (const key of keys) expect(stored).not.toContain(hex(key.secret));
    for (const each of [identity, Buffer.alloc(32, 7)]) expect(stored).not.toContain(hex(each));
  });

  it('keeps nothing of a destroyed key in any document (PRV-2)', async () => {
    const keyring = await open();
    const [key, other] = await keyring.ensure(subjects(2));
    const { publicKey } = await keyring.signer(accountId);
    const sealed = hex((await signingKeys().findOne())?.sealed);
    await keyring.destroy(subjects(1)[0]!);
    await keyring.ensure(subjects(1));
    await keyring.destroy(subjects(1)[0]!);
    await keyring.renewSigningKey(accountId);
    const stored = await everything();
    expect(stored).not.toContain(hex(key?.id));
    expect(stored).not.toContain(sealed);
    for (const kept of [other?.id, publicKey]) expect(stored).toContain(hex(kept));
  });

  it('notices keys that were changed in the database', async () => {
    const keyring = await open();
    await keyring.ensure(subjects(1));
    await keyring.signer(accountId);
    const { sealed } = (await dataKeys().findOne())!;
    sealed![40]! ^= 1;
    await dataKeys().updateOne({}, { $set: { sealed: sealed! } });
    await signingKeys().updateOne({}, { $set: { public: Buffer.alloc(32) } });
    const corrupt = { code: 'keyring-corrupt' };
    await expect(keyring.find(subjects(1))).rejects.toMatchObject(corrupt);
    await expect(keyring.signer(accountId)).rejects.toMatchObject(corrupt);
  });

  it('says that the key of an account is lost, and makes no other for it', async () => {
    await (await open()).ensure(subjects(1));
    await mongo.database.collection('keyring_accounts').deleteMany({});
    const keyring = await open();
    await expect(keyring.find(subjects(1))).rejects.toMatchObject({ code: 'keyring-corrupt' });
    await expect(keyring.ensure(subjects(1))).rejects.toMatchObject({ code: 'keyring-corrupt' });
    expect(await mongo.database.collection('keyring_accounts').countDocuments()).toBe(0);
  });

  it.each([true, false])(
    'has one key to sign with wherever a renewal was interrupted (done: %s)',
    async (isDone) => {
      const options = { directory: 'none', rootKey: Buffer.alloc(32, 7) };
      const keyring = await open();
      await keyring.signer(accountId);
      // Opening it takes the first two attempts.
      let interruptions = 0;
      for (let attempt = 3, isDoneAll = false; !isDoneAll; attempt += 1) {
        const broken = await mongoKeyring({
          mongo: interrupted(mongo, attempt, { isDone }),
          ...options,
        });
        isDoneAll = await broken.renewSigningKey(accountId).then(
          () => true,
          () => false,
        );
        interruptions += Number(!isDoneAll);
        const { publicKey } = await keyring.signer(accountId);
        const inForce = (await keyring.verifyingKeys(accountId)).filter(
          ({ retiredAt }) => retiredAt === undefined,
        );
        expect(inForce.map((key) => hex(key.publicKey))).toEqual([hex(publicKey)]);
      }
      // The account, its keys, the retirement, the next key.
      expect(interruptions).toBe(4);
    },
  );

  it('asks for thousands of keys in few requests', async () => {
    let requests = 0;
    const counting: Mongo = {
      ...mongo,
      attempt: (work, milliseconds) => {
        requests += 1;
        return mongo.attempt(work, milliseconds);
      },
    };
    const keyring = await mongoKeyring({
      mongo: counting,
      directory: 'none',
      rootKey: Buffer.alloc(32, 7),
    });
    await keyring.accountKeys(accountId);
    requests = 0;
    const made = await keyring.ensure(subjects(3_000));
    // A thousand at a time are looked for, and made.
    expect(requests).toBe(6);
    requests = 0;
    expect(await keyring.ensure(subjects(3_000))).toEqual(made);
    expect(requests).toBe(3);
  });

  it('says that the connection was closed by whoever opened it', async () => {
    const other = await database.connect();
    const keyring = await mongoKeyring({
      mongo: other,
      directory: 'none',
      rootKey: Buffer.alloc(32, 7),
    });
    await other.close();
    await expect(keyring.find(subjects(1))).rejects.toMatchObject({
      name: 'KeyringUnavailable',
      code: 'closed',
    });
  });

  it('says that the server is away, and goes on when it is back', async () => {
    const server = await startFerretDb();
    const away = await openMongo(server.urlOf('attesta'), {
      openWithinMilliseconds: 500,
      callWithinMilliseconds: 1_000,
    });
    const keyring = await mongoKeyring({
      mongo: away,
      directory: 'none',
      rootKey: Buffer.alloc(32, 7),
    });
    const keys = await keyring.ensure(subjects(1));
    await server.kill();
    const unreachable = { name: 'KeyringUnavailable', code: 'unreachable' };
    await expect(keyring.find(subjects(1))).rejects.toMatchObject(unreachable);
    await expect(keyring.ensure(subjects(2))).rejects.toMatchObject(unreachable);
    await expect(keyring.destroy(subjects(1)[0]!)).rejects.toMatchObject(unreachable);
    const { port, directory } = server;
    const again = await startFerretDb({ port, directory });
    expect(await keyring.find(subjects(1))).toEqual(keys);
    await away.close();
    await again.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('gives processes that start at once one key a person and one to sign with', async () => {
    await expectSameKeysInProcesses(
      {
        imports: `
          import { openMongo } from '#libs/mongodb/index';
          import { mongoKeyring } from '#libs/keyring/mongodb/index';`,
        open: `
          const mongo = await openMongo(process.argv[1]);
          const keyring = await mongoKeyring({ mongo, directory: process.argv[2] });`,
        close: 'await mongo.close();',
        words: [database.url, anotherMachine()],
      },
      accountId,
    );
  });
});
