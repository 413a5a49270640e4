import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { sortingOnDisk } from './sorting-on-disk.ts';
import { useRowsToSort } from './testing/rows-to-sort.ts';

const IN_FILES = 1;
const IN_MEMORY = 2;

describe('sorting on the disk', () => {
  const rows = useRowsToSort();
  const names = (): readonly string[] => readdirSync(rows.directory).sort();
  const pragma = (name: string): unknown => rows.connection.prepare(`PRAGMA ${name}`).get()?.[name];

  it('PRV-2 leaves no name in the directory, not even in the middle', () => {
    const before = names();
    sortingOnDisk(rows.connection, () => {
      expect(rows.inMiddleOfSorting(names)).toEqual(before);
    });
    expect(names()).toEqual(before);
  });

  it('is asked for beside the documents, and elsewhere memory is', () => {
    expect(pragma('temp_store')).toBe(IN_MEMORY);
    sortingOnDisk(rows.connection, () => {
      expect(pragma('temp_store')).toBe(IN_FILES);
      expect(pragma('temp_store_directory')).toBe(rows.directory);
    });
    expect(pragma('temp_store')).toBe(IN_MEMORY);
  });

  it('ends with an error of the work', () => {
    const work = (): never => {
      throw new Error('The disk is full.');
    };
    expect(() => sortingOnDisk(rows.connection, work)).toThrow('The disk is full.');
    expect(pragma('temp_store')).toBe(IN_MEMORY);
  });
});
