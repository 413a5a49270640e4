import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeUploads } from '../testing/conformance.ts';
import { fileUploads } from './file-uploads.ts';

describeUploads('files', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'attesta-uploads-'));
  // Made by the first that needs it.
  const directory = join(parent, 'uploads');
  return {
    open: async () => fileUploads({ directory }),
    stored: (name) => readFile(join(directory, name)),
    replace: (name, bytes) => writeFile(join(directory, name), bytes),
    isEmpty: async () =>
      (await readdir(parent)).length === 0 || (await readdir(directory)).length === 0,
    remove: () => rm(parent, { recursive: true }),
  };
});
