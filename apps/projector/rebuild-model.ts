import { randomUUID } from 'node:crypto';
import type { Engines } from '#apps/composition/index';
import { rebuild, verify, type Log, type RebuildReport } from '#libs/projecting/index';
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
  engines: ModelEngines,
  watched: Watched,
): Promise<RebuildReport> => rebuild(optionsOf(name, engines, watched));

/** Compares a read model with the ledger and changes nothing, for `attesta rebuild NAME --verify`. Throws alike. */
export const verifyModel = async (
  name: string,
  engines: ModelEngines,
  watched: Watched,
): Promise<RebuildReport> => verify(optionsOf(name, engines, watched));

type ModelEngines = Pick<Engines, 'ledger' | 'readStore' | 'leases' | 'startReader'>;
type Watched = Readonly<{ log: Log; signal: AbortSignal; onEvents?: (events: number) => void }>;

const optionsOf = (
  name: string,
  engines: ModelEngines,
  watched: Watched,
): Parameters<typeof rebuild>[0] => {
  const projection = projections.find((each) => each.name === name);
  if (projection === undefined) throw new UnknownReadModel();
  const holder = `rebuild ${process.pid} ${randomUUID()}`;
  return { ...engines, ...watched, projection, formats, holder, clock: Date.now };
};
