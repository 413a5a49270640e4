import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { migrations } from './schema.ts';
import { StreamNames } from './stream-names.ts';

const NAMES = ['list-a', 'list-b', 'list-c'];

describe('StreamNames', () => {
  let directory: string;
  let database: DatabaseSync;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'attesta-names-'));
    database = new DatabaseSync(join(directory, 'a.sqlite'), { timeout: 0 });
    for (const step of migrations) database.exec(step);
    database.exec(`INSERT INTO streams (name) VALUES ('list-b')`);
  });

  afterEach(() => {
    database.close();
    rmSync(directory, { recursive: true });
  });

  it('says which streams exist, and leaves no transaction open', () => {
    expect(new StreamNames(database).mayExist(NAMES)).toEqual([false, true, false]);
    expect(database.isTransaction).toBe(false);
  });

  it('leaves a transaction that is open as it was', () => {
    const names = new StreamNames(database);
    database.exec('BEGIN IMMEDIATE');
    expect(names.mayExist(NAMES)).toEqual([false, true, false]);
    expect(database.isTransaction).toBe(true);
    database.exec('ROLLBACK');
  });

  it('excludes nothing while another program keeps the file locked', () => {
    const names = new StreamNames(database);
    const other = new DatabaseSync(join(directory, 'a.sqlite'));
    other.exec('BEGIN EXCLUSIVE');
    expect(names.mayExist(NAMES)).toEqual([true, true, true]);
    other.exec('ROLLBACK');
    other.close();
    expect(names.mayExist(NAMES)).toEqual([false, true, false]);
  });
});
