/** Rows handed on at a time: what a few hundred make is gone before clearing-up has to copy it. */
const AT_ONCE = 250;
/** Parts under way at once: one is decided, one encrypted, one waits for the disk. */
const UNDER_WAY = 3;

/**
 * Hands on the places of items in the order of their keys, part by part. Recipients' ids are as good as
 * random, so in the order of the file each one changes another page of every index; in their own order,
 * neighbours share a page, and far less has to be written. Rejects once nothing is under way any more.
 */
export const inKeyOrder = async (
  keys: readonly string[],
  handle: (places: readonly number[]) => Promise<void>,
): Promise<void> => {
  const places = keys
    .map((key, place) => ({ key, place }))
    .sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0))
    .map(({ place }) => place);
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < places.length) {
      const start = next;
      next += AT_ONCE;
      await handle(places.slice(start, next)).catch((error: unknown) => {
        // No other part is begun.
        next = places.length;
        throw error;
      });
    }
  };
  const settled = await Promise.allSettled(Array.from({ length: UNDER_WAY }, work));
  const failed = settled.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
};
