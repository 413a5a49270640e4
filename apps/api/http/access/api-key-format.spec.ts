import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ApiKeyId } from '#domain/kernel/index';
import { newId } from '#libs/ledger/index';
import {
  API_KEY_PATTERN,
  formatApiKey,
  hashOfSecret,
  parseApiKey,
  secretFrom,
} from './api-key-format.ts';

const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe('API keys (A-07)', () => {
  it('are read back as they were made', () => {
    fc.assert(
      fc.property(bytes, (random) => {
        const id = newId(ApiKeyId);
        const secret = secretFrom(random);
        const key = formatApiKey(id, secret);
        expect(key).toMatch(API_KEY_PATTERN);
        expect(parseApiKey(key)).toEqual({ id, secret });
      }),
    );
  });

  it('with one wrong character are none, so that a scanner needs no look-up', () => {
    const key = formatApiKey(newId(ApiKeyId), secretFrom(Buffer.alloc(32, 7)));
    fc.assert(
      fc.property(
        fc.nat(key.length - 1),
        fc.constantFrom('0', 'a', 'Z', 'z', '_'),
        (at, character) => {
          const wrong = key.slice(0, at) + character + key.slice(at + 1);
          if (wrong !== key) expect(parseApiKey(wrong)).toBeUndefined();
        },
      ),
    );
  });

  it('have secrets of 178 bits: 30 digits of base 62, of which different bytes give different ones', () => {
    fc.assert(
      fc.property(bytes, (random) => {
        expect(secretFrom(random)).toMatch(/^[0-9A-Za-z]{30}$/);
      }),
    );
    expect(secretFrom(Buffer.alloc(32, 1))).not.toBe(secretFrom(Buffer.alloc(32, 2)));
  });

  it('are kept as a hash', () => {
    // SHA-256 of "abc" (FIPS 180-2, appendix B.1).
    expect(hashOfSecret('abc')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});
