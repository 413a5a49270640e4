import type { Change, Document } from '../../change.ts';
import type { Batch, Generation } from '../../port.ts';
import { position } from '../random-changes.ts';

/** All changes of one event, with the checkpoint at it. */
export const batch = (at: number, ...changes: readonly Change[]): Batch => ({
  changes: [{ position: position(at), changes }],
  checkpoint: position(at),
});
export const upsert = (id: string, parts: object): Change => ({ op: 'upsert', id, ...parts });

/** Every document, in order of id. */
export const all = async (generation: Generation): Promise<readonly Document[]> =>
  (await generation.scan(undefined, 1_000)).map(({ text }) => JSON.parse(text) as Document);
