const BITS = 2 ** 25;
const HASHES = 3;
const FIRST_SEED = 0x811c9dc5;
const SECOND_SEED = 0x1b873593;
const PRIME = 0x01000193;

/** FNV-1a over the units of a text, with a last stir so that all bits depend on all of it. */
const hash = (text: string, seed: number): number => {
  let value = seed;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), PRIME);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
};

/**
 * Remembers ids in four mebibytes, however many there are (a Bloom filter). It never forgets one; of ids that it
 * has not seen it takes some for seen: one in a thousand after a million.
 */
export class SeenIds {
  readonly #bits = new Uint8Array(BITS / 8);

  /** Whether the id may have been seen before; from now on it has been. */
  see(id: string): boolean {
    const first = hash(id, FIRST_SEED);
    // Odd, so that no two places coincide.
    const step = hash(id, SECOND_SEED) | 1;
    let isSeen = true;
    for (let n = 0; n < HASHES; n += 1) {
      const place = (first + Math.imul(n, step)) & (BITS - 1);
      const mask = 1 << (place & 7);
      const byte = this.#bits[place >>> 3] ?? 0;
      if ((byte & mask) === 0) {
        isSeen = false;
        this.#bits[place >>> 3] = byte | mask;
      }
    }
    return isSeen;
  }
}
