import type { JsonValue, Position } from '#domain/kernel/index';
import type { Change, Document } from './change.ts';
import type { Derive, Index } from './projection.ts';

/** A comparison of one field. On an array, it holds when any element satisfies it. */
export type Comparison =
  | Readonly<{ field: string; op: 'eq'; value: JsonValue }>
  | Readonly<{ field: string; op: 'in'; value: readonly (string | number)[] }>
  | Readonly<{ field: string; op: 'gt' | 'gte' | 'lt' | 'lte'; value: string | number }>
  | Readonly<{ field: string; op: 'prefix'; value: string }>;

export type Sort = Readonly<{ field: string; direction: 'asc' | 'desc' }>;

/**
 * A question to one read model. All comparisons must hold. Sorting is by one declared field that holds no
 * array, then by `id` in the same direction (by `id` alone where none is named), so that a page can go on
 * after the last key of the one before. A missing field is the same as null; the order of types is null,
 * numbers, texts (by code point), booleans. `gt`, `lt` and their like find values of their own type only.
 */
export type Query = Readonly<{
  where: readonly Comparison[];
  sort?: Sort;
  /** The sort value and id of the last document of the page before. */
  after?: Readonly<{ value: JsonValue; id: string }>;
  limit: number;
}>;

/** Where a read model is kept: one set of documents for each name and version. */
export type ModelRef = Readonly<{
  name: string;
  version: number;
  indexes: readonly Index[];
  /** It holds personal data in clear: `scrub` removes every trace of what was deleted from it. */
  personal?: boolean;
  derive?: Derive;
}>;

/** Changes of the events up to `position`, to be applied together with the checkpoint. */
export type Batch = Readonly<{
  changes: readonly Readonly<{ position: Position; changes: readonly Change[] }>[];
  checkpoint: Position;
}>;

/** Read-only access to the generation of a read model that currently serves. */
export interface ReadModel {
  get(id: string): Promise<Document | undefined>;
  getMany(ids: readonly string[]): Promise<readonly (Document | undefined)[]>;
  find(query: Query): Promise<readonly Document[]>;
  count(where: readonly Comparison[]): Promise<number>;
  /** Position up to which the documents are complete. */
  checkpoint(): Promise<Position | undefined>;
}

export type DocumentText = Readonly<{ id: string; text: string }>;

/** One generation of a read model: what a runner fills. */
export interface Generation extends ReadModel {
  readonly id: string;
  /**
   * Applies a batch and its checkpoint. What ends half-way has its checkpoint there: whole events, in their order.
   * Changes at or before a document's own position are skipped, so a repeated batch changes nothing.
   */
  apply(batch: Batch): Promise<void>;
  /** Builds what queries need. A new generation is filled faster before; asking it a question does it too. */
  prepare(): Promise<void>;
  /**
   * Every document in order of id, as JSON, for comparison and export: two of one text are alike, and two
   * of different texts may be.
   */
  scan(after: string | undefined, limit: number): Promise<readonly DocumentText[]>;
  /**
   * True where another generation, of whichever store, holds the same documents in the same texts, as far as the
   * engine can see that without taking the texts out. False says nothing: `scan` tells. Nothing may be applied to
   * either in the meantime. `keep` is called now and then, and may throw to end it.
   */
  equals(other: Generation, keep: () => Promise<void>): Promise<boolean>;
  drop(): Promise<void>;
}

/** The read models were made from another log: their positions mean nothing in this one. */
export class ForeignReadModels extends Error {
  readonly code = 'foreign-ledger';

  constructor(message: string) {
    super(message);
    this.name = 'ForeignReadModels';
  }
}

export interface ReadStore {
  /**
   * Says which log the read models are made from: remembered durably the first time. Throws
   * `ForeignReadModels` when they were made from another one.
   */
  belongTo(logId: string): Promise<void>;
  /** The generation that serves queries of the model; made empty when there is none. */
  serving(model: ModelRef): Promise<Generation>;
  /** A new, empty generation beside the serving one. */
  begin(model: ModelRef): Promise<Generation>;
  /** From now on the generation serves; the one that served before is returned. */
  promote(model: ModelRef, generation: Generation): Promise<Generation>;
  /** Drops the generations of the model that do not serve: what an interrupted rebuild left behind. */
  discard(model: ModelRef): Promise<void>;
  /** A view that follows promotions, for those who query. */
  model(model: ModelRef): ReadModel;
  /**
   * Makes sure that nothing deleted from or overwritten in personal models so far can be found in the
   * store's files (PRV-2). May take seconds for a large store.
   */
  scrub(): Promise<void>;
  close(): Promise<void>;
}
