import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AccountId } from '#domain/kernel/index';
import type { Keyring, Subject } from '../port.ts';
import { describeKeyring } from '../testing/conformance.ts';
import { expectSameKeysInProcesses } from '../testing/processes.ts';
import { embeddedKeyring } from './embedded-keyring.ts';

const accountId = AccountId.parse('acc_01jd0000000000000000000000');
const subjects = (count: number): Subject[] =>
  Array.from({ length: count }, (_, index) => ({ accountId, subject: `subject ${index}` }));
const newDirectory = (): string => mkdtempSync(join(tmpdir(), 'attesta-keyring-'));

describeKeyring('embedded', async () => {
  const directory = newDirectory();
  let time = 0;
  return {
    open: async () => embeddedKeyring({ directory, now: () => time }),
    setTime: (milliseconds) => (time = milliseconds),
    remove: async () => rmSync(directory, { recursive: true }),
  };
});

describe('the embedded keyring', () => {
  let directory: string;
  let opened: Keyring[];
  const open = (rootKey?: Uint8Array): Keyring => {
    const keyring = embeddedKeyring({ directory, ...(rootKey && { rootKey }) });
    opened.push(keyring);
    return keyring;
  };
  beforeEach(() => {
    directory = newDirectory();
    opened = [];
  });
  afterEach(async () => {
    await Promise.all(opened.map((keyring) => keyring.close()));
    rmSync(directory, { recursive: true });
  });
  const file = (name: string): string => join(directory, name);
  const rawBytes = (): Buffer =>
    Buffer.concat(
      readdirSync(directory)
        .filter((name) => name.startsWith('keyring.sqlite'))
        .map((name) => readFileSync(file(name))),
    );
  const wrappedKeys = (): Buffer[] => {
    const database = new DatabaseSync(file('keyring.sqlite'));
    const rows = database.prepare('SELECT sealed FROM data_key ORDER BY id').all();
    database.close();
    return rows.map((row) => Buffer.from(row['sealed'] as Uint8Array));
  };

  it('makes a root key that only its owner can read, and keeps it', async () => {
    const keyring = open();
    expect(statSync(file('root.key')).mode & 0o777).toBe(0o600);
    const text = readFileSync(file('root.key'), 'utf8');
    expect(Buffer.from(text, 'base64')).toHaveLength(32);
    const [key] = await keyring.ensure(subjects(1));
    await keyring.close();
    expect(await open().find(subjects(1))).toEqual([key]);
    expect(readFileSync(file('root.key'), 'utf8')).toBe(text);
    expect(readdirSync(directory).filter((name) => name.startsWith('root.key'))).toHaveLength(1);
  });

  it('takes a root key that is given, and writes it nowhere', async () => {
    const rootKey = Buffer.alloc(32, 7);
    await open(rootKey).ensure(subjects(1));
    expect(readdirSync(directory)).not.toContain('root.key');
    expect(rawBytes().includes(rootKey)).toBe(false);
    expect(() => open(Buffer.alloc(16))).toThrow(TypeError);
  });

  it('refuses another root key and says what to do (O-06)', async () => {
    await open().close();
    const mismatch = { code: 'root-key-mismatch', message: expect.stringContaining('root.key') };
    expect(() => open(Buffer.alloc(32, 1))).toThrow(expect.objectContaining(mismatch));
    writeFileSync(file('root.key'), Buffer.alloc(32, 2).toString('base64'));
    expect(() => open()).toThrow(expect.objectContaining(mismatch));
    writeFileSync(file('root.key'), 'nonsense');
    expect(() => open()).toThrow(expect.objectContaining(mismatch));
  });

  it('never makes a second root key when the first is missing (O-06)', async () => {
    await open().close();
    rmSync(file('root.key'));
    expect(() => open()).toThrow(expect.objectContaining({ code: 'root-key-mismatch' }));
    expect(readdirSync(directory)).not.toContain('root.key');
  });

  it('refuses a file that is no keyring', () => {
    writeFileSync(file('keyring.sqlite'), 'This is no database. '.repeat(500));
    expect(() => open()).toThrow(expect.objectContaining({ code: 'keyring-corrupt' }));
  });

  it('notices a key that was changed in the file', async () => {
    const keyring = open();
    await keyring.ensure(subjects(1));
    const database = new DatabaseSync(file('keyring.sqlite'));
    const [wrapped] = wrappedKeys();
    wrapped![40]! ^= 1;
    database.prepare('UPDATE data_key SET sealed = ?').run(wrapped!);
    database.close();
    await expect(keyring.find(subjects(1))).rejects.toMatchObject({ code: 'keyring-corrupt' });
  });

  it('holds no key in clear', async () => {
    const keyring = open();
    const keys = await keyring.ensure(subjects(50));
    const raw = rawBytes();
    for (const key of keys) expect(raw.includes(Buffer.from(key.secret))).toBe(false);
    const { identity } = await keyring.accountKeys(accountId);
    expect(raw.includes(Buffer.from(identity))).toBe(false);
  });

  it('leaves nothing of a destroyed key in any file, however much was written around it (PRV-2)', async () => {
    const keyring = open();
    const others = open();
    // Many more than a page holds, in an order that makes index pages split, over several commits.
    const all = subjects(3_000).sort((a, b) =>
      a.subject.slice(-2) < b.subject.slice(-2) ? -1 : 1,
    );
    for (let start = 0; start < all.length; start += 250) {
      await (start % 500 ? keyring : others).ensure(all.slice(start, start + 250));
    }
    const before = wrappedKeys();
    const doomed = all.filter((_, index) => index % 7 === 3);
    const ids = await keyring.find(doomed);
    expect(rawBytes().includes(before[3]!)).toBe(true);

    await Promise.all(doomed.map((subject) => keyring.destroy(subject)));
    await keyring.ensure(
      subjects(10).map(({ subject }) => ({ accountId, subject: `new ${subject}` })),
    );

    const raw = rawBytes();
    before.forEach((wrapped, index) => expect(raw.includes(wrapped)).toBe(index % 7 !== 3));
    for (const key of ids) expect(raw.includes(Buffer.from(key!.id))).toBe(false);
    expect((await others.find(all)).filter((key) => key === undefined)).toHaveLength(doomed.length);
  });

  it('commits what is asked at once together', async () => {
    const keyring = open();
    const commits = (): number => {
      const database = new DatabaseSync(file('keyring.sqlite'));
      const count = Number(database.prepare('SELECT count(*) AS n FROM data_key').get()?.['n']);
      database.close();
      return count;
    };
    const asked = subjects(20).map((subject) => keyring.ensure([subject]));
    // Whoever is first waits for all: nothing is visible before, everything afterwards.
    expect(commits()).toBe(0);
    await Promise.race(asked);
    expect(commits()).toBe(20);
    await Promise.all(asked);
  });

  it('holds no signing key in clear, and nothing of one that was replaced (P-16)', async () => {
    const sealed = (): Buffer[] => {
      const database = new DatabaseSync(file('keyring.sqlite'));
      const rows = database.prepare('SELECT sealed FROM signing_key ORDER BY id').all();
      database.close();
      return rows.map((row) => Buffer.from(row['sealed'] as Uint8Array));
    };
    const keyring = open();
    await keyring.signer(accountId);
    const [before] = sealed();
    expect(rawBytes().includes(before!)).toBe(true);
    await keyring.renewSigningKey(accountId);
    expect(rawBytes().includes(before!)).toBe(false);
    expect(sealed()[0]!.every((byte) => byte === 0)).toBe(true);
  });

  it('signs with a keyring that an earlier version made, and keeps its keys', async () => {
    const before = open();
    const [key] = await before.ensure(subjects(1));
    await before.close();
    const database = new DatabaseSync(file('keyring.sqlite'));
    database.exec('DROP TABLE signing_key; DROP TABLE ledger; PRAGMA user_version = 1');
    database.close();
    const after = open();
    expect(await after.find(subjects(1))).toEqual([key]);
    expect((await after.signer(accountId)).publicKey).toHaveLength(32);
  });

  it('notices a signing key that was changed in the file', async () => {
    const keyring = open();
    await keyring.signer(accountId);
    const database = new DatabaseSync(file('keyring.sqlite'));
    database.exec('UPDATE signing_key SET public = zeroblob(32)');
    database.close();
    await expect(keyring.signer(accountId)).rejects.toMatchObject({ code: 'keyring-corrupt' });
  });

  it('gives processes that start at once one root key, one key a person and one to sign with', async () => {
    await expectSameKeysInProcesses(
      {
        imports: "import { embeddedKeyring } from '#libs/keyring/embedded/index';",
        open: 'const keyring = embeddedKeyring({ directory: process.argv[1] });',
        close: 'await keyring.close();',
        words: [directory],
      },
      accountId,
    );
  });
});
