import type { ModelRef } from '../port.ts';
import type { Connection } from './connection.ts';
import type { Layout } from './layout.ts';

/** Where the documents of generations lie: all in the file that lists them, or each in a file of its own. */
export interface DocumentsPlace {
  /** Reads the list and the documents on one snapshot, where they are in one file. */
  readTogether<T>(work: () => T): T;
  /** Makes the tables of a new generation. Inside the transaction that adds it to the list. */
  create(model: ModelRef, layout: Layout, id: number): void;
  /** Builds the indexes of a new generation that serves from the start. In the same transaction. */
  makeReady(layout: Layout, id: number): void;
  /** From now until `finish`, a crash may leave the documents unusable: the generation does not serve. */
  fill(id: number): void;
  /** Builds the indexes that queries need, once, and makes what is there as safe as it will stay. */
  finish(layout: Layout, id: number): void;
  /** The connection to a generation's documents; undefined where there are none. */
  connection(id: number): Connection | undefined;
  /** Removes the documents. Inside the transaction that takes the generation off the list. */
  drop(layout: Layout, id: number): void;
  /** Removes documents of generations that are not on the list. In a transaction that writes there. */
  keepOnly(ids: ReadonlySet<number>): void;
  close(): void;
}
