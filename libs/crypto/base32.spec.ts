import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeBase32, encodeBase32 } from './base32.ts';

describe('base32 of 16 bytes', () => {
  // Source: the TypeID specification's valid.yml.
  it.each([
    ['00000000000000000000000000', '00000000000000000000000000000000'],
    ['0000000000000000000000000z', '0000000000000000000000000000001f'],
    ['7zzzzzzzzzzzzzzzzzzzzzzzzz', 'ffffffffffffffffffffffffffffffff'],
    ['0123456789abcdefghjkmnpqrs', '0110c8531d0952d8d73e1194e95b5f19'],
  ])('%s stands for %s', (text, hex) => {
    expect(encodeBase32(Buffer.from(hex, 'hex'))).toBe(text);
    expect(decodeBase32(text)?.toString('hex')).toBe(hex);
  });

  it('gives back what it was given', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        expect(decodeBase32(`rcp_${encodeBase32(bytes)}`, 4)).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it.each([
    '',
    '8zzzzzzzzzzzzzzzzzzzzzzzzz',
    '0000000000000000000000000',
    'u0000000000000000000000000',
    '0000000000000000000000000é',
  ])('refuses %p', (text) => {
    expect(decodeBase32(text)).toBeUndefined();
  });
});
