import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { prepareEngines, removeEngines } from './engines.ts';

/** A new, empty place for the data of one run, with servers of its own where the tests run on servers. */
export const newDataDirectory = async (): Promise<string> => {
  const place = await mkdtemp(path.join(tmpdir(), 'attesta-acceptance-'));
  const dataDirectory = path.join(place, 'data');
  await prepareEngines(dataDirectory);
  return dataDirectory;
};

export const removeDataDirectory = async (dataDirectory: string): Promise<void> => {
  await removeEngines(dataDirectory);
  await rm(path.dirname(dataDirectory), { recursive: true, force: true });
};
