import type { Batch } from '../port.ts';

/** With their pages of all indexes, so many events are about half a mebibyte. */
const EVENTS_IN_A_PART = 50;
/** Who gets more at once is behind, and then it matters most to catch up: one large transaction costs least. */
const MOST_IN_PARTS = 500;

/** Whether a batch is one of a projector that keeps up with those who write events, to be written in parts. */
export const isSteady = ({ changes }: Batch): boolean =>
  changes.length > 0 && changes.length <= MOST_IN_PARTS;

/**
 * A batch as smaller ones that follow each other, each with the checkpoint that it leads to. Each is written to
 * the disk before the next: whoever waits for the same disk to confirm an event then waits for one of them, and
 * not for the megabytes that gather until SQLite copies its log.
 */
export const partsOf = ({ changes, checkpoint }: Batch): readonly Batch[] => {
  const parts: Batch[] = [];
  for (let start = 0; start < changes.length; start += EVENTS_IN_A_PART) {
    const some = changes.slice(start, start + EVENTS_IN_A_PART);
    const isLast = start + EVENTS_IN_A_PART >= changes.length;
    const leadsTo = isLast ? undefined : some.at(-1)?.position;
    parts.push({ changes: some, checkpoint: leadsTo ?? checkpoint });
  }
  return parts;
};
