import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keyedHash } from './keyed-hash.ts';

describe('keyedHash', () => {
  it('is HMAC-SHA-256, for texts of any length in any order', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 64 }),
        fc.array(fc.string({ unit: 'grapheme', maxLength: 700 }), { maxLength: 5 }),
        (key, texts) => {
          const hash = keyedHash(key);
          for (const text of texts) {
            expect(hash(text)).toEqual(createHmac('sha256', key).update(text).digest());
          }
        },
      ),
    );
  });

  it('refuses a key that would have to be hashed first', () => {
    expect(() => keyedHash(new Uint8Array(65))).toThrow(TypeError);
  });
});
