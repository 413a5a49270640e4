import { describe, expect, it } from '@jest/globals';
import { open, seal, SEAL_OVERHEAD } from './aead.ts';
import { randomBytesOf } from './random.ts';

const key = randomBytesOf(32);
const plain = Buffer.from('somebody@example.com');
const associated = Buffer.from('recipient-1');

describe('seal and open', () => {
  it('give back what was sealed, whose cipher text never repeats', () => {
    const first = seal(key, plain, associated);
    expect(first).toHaveLength(plain.length + SEAL_OVERHEAD);
    expect(open(key, first, associated)).toEqual(plain);
    expect(seal(key, plain, associated)).not.toEqual(first);
  });

  it('put a prefix in front', () => {
    const sealed = seal(key, plain, associated, Buffer.from('prefix'));
    expect(sealed.subarray(0, 6).toString()).toBe('prefix');
    expect(open(key, sealed.subarray(6), associated)).toEqual(plain);
  });

  it('notice every changed bit, another key and other associated data', () => {
    const sealed = seal(key, plain, associated);
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(open(key, changed, associated)).toBeUndefined();
    }
    expect(open(randomBytesOf(32), sealed, associated)).toBeUndefined();
    expect(open(key, sealed, Buffer.from('recipient-2'))).toBeUndefined();
    expect(open(key, sealed.subarray(0, 20), associated)).toBeUndefined();
  });

  it('throws when the key has the wrong size: that is a bug', () => {
    expect(() => open(randomBytesOf(16), seal(key, plain, associated), associated)).toThrow();
  });
});

describe('randomBytesOf', () => {
  it('never hands out the same bytes twice, whatever the sizes', () => {
    const seen = new Set<string>();
    for (let index = 0; index < 5_000; index += 1) seen.add(randomBytesOf(16).toString('hex'));
    expect(seen.size).toBe(5_000);
    expect(randomBytesOf(20_000).subarray(-16).equals(Buffer.alloc(16))).toBe(false);
  });
});
