import type { FerretDb } from '../start-ferretdb.ts';

let started: FerretDb | undefined;

export const keepForTeardown = (server: FerretDb): void => {
  started = server;
};

export const stopStarted = async (): Promise<void> => {
  await started?.stop();
  started = undefined;
};
