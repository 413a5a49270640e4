import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openConnection, type Connection } from './connection.ts';
import { sortingOnDisk } from './sorting-on-disk.ts';

/** Open files of this process that no directory names any more. */
const unnamedFiles = (directory: string): readonly string[] =>
  readdirSync('/proc/self/fd')
    .flatMap((descriptor) => {
      try {
        return [readlinkSync(`/proc/self/fd/${descriptor}`)];
      } catch {
        // The one that the listing itself was read by.
        return [];
      }
    })
    .filter((target) => target.startsWith(directory) && target.endsWith(' (deleted)'));

describe('sorting on the disk', () => {
  let directory: string;
  let connection: Connection;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "somebody's models "));
    connection = openConnection(join(directory, 'models.sqlite'));
    connection.exec('CREATE TABLE rows (name)');
    // More than is sorted in one piece.
    connection.exec(
      `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 120000)
       INSERT INTO rows SELECT hex(randomblob(30)) FROM numbers`,
    );
  });
  afterEach(() => {
    connection.close();
    rmSync(directory, { recursive: true });
  });

  const inMiddleOfSorting = <T>(look: () => T): T => {
    const rows = connection.prepare('SELECT name FROM rows ORDER BY name').iterate();
    rows.next();
    const seen = look();
    rows.return?.();
    return seen;
  };
  const names = (): readonly string[] => readdirSync(directory).sort();

  it('PRV-2 leaves no name in the directory, not even in the middle', () => {
    const before = names();
    sortingOnDisk(connection, () => expect(inMiddleOfSorting(names)).toEqual(before));
    expect(names()).toEqual(before);
  });

  (platform() === 'linux' ? it : it.skip)('is done there, and elsewhere in memory', () => {
    const unnamed = (): number => inMiddleOfSorting(() => unnamedFiles(directory)).length;
    expect(unnamed()).toBe(0);
    sortingOnDisk(connection, () => expect(unnamed()).toBeGreaterThan(0));
    expect(unnamed()).toBe(0);
  });

  it('ends with an error of the work', () => {
    const work = (): never => {
      throw new Error('The disk is full.');
    };
    expect(() => sortingOnDisk(connection, work)).toThrow('The disk is full.');
    expect(connection.prepare('PRAGMA temp_store').get()?.['temp_store']).toBe(2);
  });
});
