import { readdirSync, readlinkSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { sortingOnDisk } from './sorting-on-disk.ts';
import { useRowsToSort } from './testing/rows-to-sort.ts';

/** Open files of this process that no directory names any more, as Linux tells of them. */
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

describe('what is sorted on the disk', () => {
  const rows = useRowsToSort();
  const unnamed = (): number => rows.inMiddleOfSorting(() => unnamedFiles(rows.directory)).length;

  it('PRV-2 lies in files without a name beside the documents, and at other times nowhere', () => {
    expect(unnamed()).toBe(0);
    sortingOnDisk(rows.connection, () => expect(unnamed()).toBeGreaterThan(0));
    expect(unnamed()).toBe(0);
  });
});
