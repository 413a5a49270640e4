import { problem } from './problem.ts';

/** A resource is the fold of its stream, so the revision of the last event names its state. */
export const entityTag = (revision: number): string => `"${String(revision)}"`;

/**
 * The revision that `If-Match` asks for; undefined when it asks for none or for any (`*`). A weak tag
 * (`W/"3"`, as compressing proxies make) counts as the strong one: a revision is exact either way.
 */
export const expectedRevision = (header: string | undefined): number | undefined => {
  if (header === undefined || header.trim() === '*') return undefined;
  const match = /^(?:W\/)?"(\d{1,15})"$/.exec(header.trim());
  if (match === null) {
    throw problem(
      'stale',
      'If-Match names no state of this resource. Read it again and use its ETag.',
    );
  }
  return Number(match[1]);
};
