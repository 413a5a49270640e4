import { closeSync, fsyncSync, openSync } from 'node:fs';

/** What was written to a file, or the names in a folder, outlive a power cut from now on. */
export const syncFile = (path: string): void => {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};
