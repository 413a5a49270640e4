import type { RecordedBytes, StoredEvent, StreamAppend } from '../port.ts';

/** Far below what EventStoreDB takes in one call (1 MiB). */
const MOST_BYTES = 500_000;

/** Consecutive events of one stream in one append, all in the order they were recorded. */
export const appendsOf = (events: readonly RecordedBytes[]): readonly StreamAppend[] => {
  const appends: { stream: string; expected: number | 'no-stream'; events: StoredEvent[] }[] = [];
  let bytes = 0;
  for (const { stream, revision, position: _, ...stored } of events) {
    const size = sizeOf(stored);
    const last = appends.at(-1);
    if (last?.stream === stream && bytes + size <= MOST_BYTES) {
      last.events.push(stored);
      bytes += size;
    } else {
      const expected = revision === 0 ? 'no-stream' : revision - 1;
      appends.push({ stream, expected, events: [stored] });
      bytes = size;
    }
  }
  return appends;
};

const sizeOf = ({ data, metadata, personal }: StoredEvent): number =>
  Buffer.byteLength(data) + Buffer.byteLength(metadata) + (personal?.length ?? 0);
