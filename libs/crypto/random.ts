import { randomFillSync } from 'node:crypto';

// One call to the operating system fills enough for a few hundred small values. What was handed out is
// wiped, so that a dump of memory does not hold it twice.
const pool = Buffer.alloc(16_384);
let used = pool.length;

/** Fills a small buffer with unpredictable bytes from a pool: far cheaper than a system call for each. */
export const fillRandom = (target: Uint8Array): void => {
  if (target.length > pool.length) {
    randomFillSync(target);
    return;
  }
  if (used + target.length > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  pool.copy(target, 0, used, used + target.length);
  pool.fill(0, used, used + target.length);
  used += target.length;
};

/** So many unpredictable bytes. */
export const randomBytesOf = (length: number): Buffer => {
  const bytes = Buffer.allocUnsafe(length);
  fillRandom(bytes);
  return bytes;
};
