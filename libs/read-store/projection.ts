import type { AnyEvent, JsonValue, Recorded } from '#domain/kernel/index';
import type { Change, Document } from './change.ts';

/**
 * Fields that queries may filter and sort by, most selective use first, e.g. `['accountId', 'email']`. A
 * field that holds an array is written `lists[]`: at most one in an index, and after it at most the field by
 * which pages are sorted. A path does not go through arrays. What lies in order of something that grows is
 * written at the end of the index, a page of the disk for many documents; in order of random ids, one for each.
 */
export type Index = readonly string[];

export type Derive = (document: Document) => Readonly<Record<string, JsonValue | undefined>>;

/**
 * One question that somebody asks, answered by documents. `project` is pure: the same events give the same
 * documents, which is what makes a rebuild comparable. Raise `version` when its answer changes.
 */
export type Projection = Readonly<{
  name: string;
  version: number;
  indexes: readonly Index[];
  /** Its documents hold personal data in clear. */
  personal?: boolean;
  /** Stream categories that it reads. */
  categories: readonly string[];
  /** Types of events whose personal part it reads; none when absent. All others come as `shredded`. */
  opens?: readonly string[];
  project: (recorded: Recorded<AnyEvent>) => readonly Change[];
  /**
   * Fields that follow from the others of the same document, such as a status that depends on several
   * facts. Called after the changes of a batch are merged; undefined removes a field.
   */
  derive?: Derive;
}>;
