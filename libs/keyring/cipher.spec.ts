import { describe, expect, it } from '@jest/globals';
import { randomBytesOf } from '#libs/crypto/random';
import { decryptUnder, encryptUnder, PersonalDataDamaged } from './cipher.ts';
import type { DataKey } from './port.ts';

const newKey = (): DataKey => ({ id: randomBytesOf(8), secret: randomBytesOf(32) });
const key = newKey();
const place = Buffer.from('recipient-rcp_1\nevent-1');
const plain = Buffer.from('{"address":"somebody@example.com"}');
const sealed = encryptUnder(key, plain, place);

describe('personal bytes (P-31)', () => {
  it('are read with their key, whose id stands in front', () => {
    expect(decryptUnder(key, sealed, place)).toEqual(plain);
    expect(sealed.subarray(0, 8)).toEqual(key.id);
    expect(sealed.includes('somebody')).toBe(false);
  });

  it('are gone with their key, also when there is a new one', () => {
    expect(decryptUnder(undefined, sealed, place)).toBeUndefined();
    expect(decryptUnder(newKey(), sealed, place)).toBeUndefined();
  });

  it('are damaged, not gone, when anything was changed or moved', () => {
    for (let index = 8; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed[index]! ^= 1;
      expect(() => decryptUnder(key, changed, place)).toThrow(PersonalDataDamaged);
    }
    const elsewhere = Buffer.from('recipient-rcp_2\nevent-1');
    expect(() => decryptUnder(key, sealed, elsewhere)).toThrow(PersonalDataDamaged);
    expect(() => decryptUnder(key, sealed.subarray(0, 4), place)).toThrow(PersonalDataDamaged);
    expect(() => decryptUnder(key, sealed.subarray(0, 12), place)).toThrow(PersonalDataDamaged);
  });
});
