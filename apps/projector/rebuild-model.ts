import { randomUUID } from 'node:crypto';
import type { Engines } from '#apps/composition/index';
import { rebuild, type Log, type RebuildReport } from '#libs/projecting/index';
import { projections } from '#projections/index';
import { formats } from './formats.ts';

export const readModelNames: readonly string[] = projections.map(({ name }) => name);

/** Nobody knows a read model of that name. */
export class UnknownReadModel extends Error {
  readonly code = 'unknown-read-model';
  constructor() {
    super(`There is no such read model. There are: ${readModelNames.join(', ')}.`);
    this.name = 'UnknownReadModel';
  }
}

/**
 * Makes a read model again from the ledger while everything else goes on, for `attesta rebuild NAME`.
 * Throws `UnknownReadModel`, `RebuildFailed`, or what the ledger or the store throws.
 */
export const rebuildModel = async (
  name: string,
  engines: Pick<Engines, 'ledger' | 'readStore' | 'leases'>,
  watched: Readonly<{ log: Log; signal: AbortSignal; onEvents?: (events: number) => void }>,
): Promise<RebuildReport> => {
  const projection = projections.find((each) => each.name === name);
  if (projection === undefined) throw new UnknownReadModel();
  const holder = `rebuild ${process.pid} ${randomUUID()}`;
  return rebuild({ ...engines, ...watched, projection, formats, holder, clock: Date.now });
};
