import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A new, empty place for the data of one run. */
export const newDataDirectory = async (): Promise<string> =>
  path.join(await mkdtemp(path.join(tmpdir(), 'attesta-acceptance-')), 'data');

export const removeDataDirectory = (dataDirectory: string): Promise<void> =>
  rm(path.dirname(dataDirectory), { recursive: true, force: true });
