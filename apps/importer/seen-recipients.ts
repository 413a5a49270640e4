import type { RecipientId } from '#domain/kernel/index';

const FIRST_CAPACITY = 4_096;
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const VALUES = new Uint8Array(128);
for (let value = 0; value < DIGITS.length; value += 1) VALUES[DIGITS.charCodeAt(value)] = value;

/** Six base32 digits of an id, which is a keyed hash and so as good as random. */
const thirtyBits = (id: string, start: number): number => {
  let bits = 0;
  for (let index = start; index < start + 6; index += 1) {
    bits = (bits << 5) | (VALUES[id.charCodeAt(index)] ?? 0);
  }
  return bits;
};

/**
 * Which recipients a file has named so far: 60 bits of each id in an open-addressed table, 16 to 32 bytes a
 * person, because a file may name millions. A wrong answer is once in a billion files, and costs a remark.
 */
export class SeenRecipients {
  #high = new Uint32Array(FIRST_CAPACITY);
  #low = new Uint32Array(FIRST_CAPACITY);
  #size = 0;

  has(id: RecipientId): boolean {
    const { high, low } = partsOf(id);
    return this.#high[this.#slotOf(high, low)] !== 0;
  }

  add(id: RecipientId): void {
    if (this.#size * 2 >= this.#high.length) this.#grow();
    const { high, low } = partsOf(id);
    const slot = this.#slotOf(high, low);
    if (this.#high[slot] !== 0) return;
    this.#high[slot] = high;
    this.#low[slot] = low;
    this.#size += 1;
  }

  /** Where the person stands, or would. */
  #slotOf(high: number, low: number): number {
    const mask = this.#high.length - 1;
    let slot = low & mask;
    while (this.#high[slot] !== 0 && (this.#high[slot] !== high || this.#low[slot] !== low)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    const [high, low] = [this.#high, this.#low];
    this.#high = new Uint32Array(high.length * 2);
    this.#low = new Uint32Array(low.length * 2);
    high.forEach((bits, index) => {
      if (bits === 0) return;
      const rest = low[index] ?? 0;
      const slot = this.#slotOf(bits, rest);
      this.#high[slot] = bits;
      this.#low[slot] = rest;
    });
  }
}

/** A high part of 0 marks a free slot, so one bit is always set. */
const partsOf = (id: RecipientId): { high: number; low: number } => ({
  high: (thirtyBits(id, id.length - 6) | 0x4000_0000) >>> 0,
  low: thirtyBits(id, id.length - 12),
});
