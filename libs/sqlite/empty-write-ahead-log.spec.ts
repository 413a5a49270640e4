import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { emptyWriteAheadLog, openDatabase } from './index.ts';

describe('emptyWriteAheadLog', () => {
  it('waits for readers of what was before, and leaves nothing in the log', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'attesta-sqlite-'));
    const path = join(directory, 'a.sqlite');
    const options = { migrations: ['CREATE TABLE a (x TEXT)'], synchronous: 'FULL' } as const;
    const database = openDatabase(path, options);
    const reader = openDatabase(path, options);
    database.exec(`INSERT INTO a VALUES ('before')`);
    reader.exec('BEGIN; SELECT * FROM a');
    database.exec(`INSERT INTO a VALUES ('after')`);
    expect(await emptyWriteAheadLog(database, 0)).toBe(false);
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);

    const emptied = emptyWriteAheadLog(database);
    reader.exec('COMMIT');
    expect(await emptied).toBe(true);
    expect(statSync(`${path}-wal`).size).toBe(0);
    expect(database.prepare('PRAGMA busy_timeout').get()).toEqual({ timeout: 5_000 });
    database.close();
    reader.close();
    rmSync(directory, { recursive: true });
  });
});
