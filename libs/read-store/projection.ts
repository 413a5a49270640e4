import type { AnyEvent, Recorded } from '#domain/kernel/index';
import type { Change } from './change.ts';

/**
 * Fields that queries may filter and sort by, most selective use first, e.g. `['accountId', 'email']`. A
 * field that holds an array is written `lists[]`: at most one in an index, and last. A path does not go
 * through arrays.
 */
export type Index = readonly string[];

/**
 * One question that somebody asks, answered by documents. `project` is pure: the same events give the same
 * documents, which is what makes a rebuild comparable. Raise `version` when its answer changes.
 */
export type Projection = Readonly<{
  name: string;
  version: number;
  indexes: readonly Index[];
  /** Stream categories that it reads. */
  categories: readonly string[];
  project: (recorded: Recorded<AnyEvent>) => readonly Change[];
}>;
