import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { classifySqliteError, DatabaseUnavailable, openDatabase } from './index.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'attesta-sqlite-'));
const first = 'CREATE TABLE a (x INTEGER)';
const second = 'CREATE TABLE b (y INTEGER)';
const durable = { synchronous: 'FULL' } as const;

const refusal = (open: () => unknown): DatabaseUnavailable => {
  try {
    open();
  } catch (error) {
    if (error instanceof DatabaseUnavailable) return error;
    throw error;
  }
  throw new Error('It opened.');
};

describe('a database file', () => {
  it('is created, and later brought up to date step by step', () => {
    const path = join(folder(), 'a.sqlite');
    openDatabase(path, { ...durable, migrations: [first] }).close();
    const database = openDatabase(path, { ...durable, migrations: [first, second] });
    database.exec('INSERT INTO a VALUES (1); INSERT INTO b VALUES (2)');
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    database.close();
  });

  it('of a newer version is refused by name', () => {
    const path = join(folder(), 'newer.sqlite');
    openDatabase(path, { ...durable, migrations: [first, second] }).close();
    const error = refusal(() => openDatabase(path, { ...durable, migrations: [first] }));
    expect(error.code).toBe('newer-version');
    expect(error.message).toContain(path);
  });

  it('of another program is refused by name', () => {
    const path = join(folder(), 'other.sqlite');
    openDatabase(path, { ...durable, migrations: [first], applicationId: 1 }).close();
    const error = refusal(() =>
      openDatabase(path, { ...durable, migrations: [first], applicationId: 2 }),
    );
    expect(error.code).toBe('corrupt');
    expect(error.message).toContain(path);
  });

  it('that is not a database is refused by name and left alone', () => {
    const path = join(folder(), 'noise.sqlite');
    writeFileSync(path, 'This is no database. '.repeat(500));
    const error = refusal(() => openDatabase(path, { ...durable, migrations: [first] }));
    expect(error.code).toBe('corrupt');
    expect(error.message).toContain(path);
  });

  it('in a folder that is not there is refused by name', () => {
    const path = join(folder(), 'missing', 'a.sqlite');
    const error = refusal(() => openDatabase(path, { ...durable, migrations: [first] }));
    expect(error.code).toBe('cannot-open');
    expect(error.message).toContain(path);
  });
});

describe('classifySqliteError', () => {
  const failed = (errcode: number): Error => Object.assign(new Error('failed'), { errcode });

  it.each([
    [13, 'disk-full'],
    [1034, 'io-error'],
    [778, 'io-error'],
    [11, 'corrupt'],
    [26, 'corrupt'],
    [517, 'busy'],
    [14, 'cannot-open'],
    [19, undefined],
  ] as const)('reads code %s as %s', (errcode, meaning) => {
    expect(classifySqliteError(failed(errcode))).toBe(meaning);
  });

  it('leaves errors of other origin alone', () => {
    expect(classifySqliteError(new TypeError('a bug'))).toBeUndefined();
  });
});
