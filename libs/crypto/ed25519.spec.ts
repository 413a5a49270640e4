import { describe, expect, it } from '@jest/globals';
import { ed25519Signer, isEd25519Signature, newEd25519Pair } from './ed25519.ts';

const hex = (text: string): Buffer => Buffer.from(text, 'hex');

describe('Ed25519', () => {
  it('signs as the second example of RFC 8032, s. 7.1, shows', () => {
    const publicKey = hex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');
    const seed = hex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb');
    const signature = ed25519Signer({ publicKey, seed })(hex('72'));
    expect(signature.toString('hex')).toBe(
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
        '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    );
    expect(isEd25519Signature(publicKey, hex('72'), signature)).toBe(true);
  });

  it('knows its own signatures only', () => {
    const [pair, other] = [newEd25519Pair(), newEd25519Pair()];
    const bytes = Buffer.from('receipt');
    const signature = ed25519Signer(pair)(bytes);
    expect(isEd25519Signature(pair.publicKey, bytes, signature)).toBe(true);
    expect(isEd25519Signature(other.publicKey, bytes, signature)).toBe(false);
    expect(isEd25519Signature(pair.publicKey, Buffer.from('Receipt'), signature)).toBe(false);
    for (const length of [0, 63]) {
      expect(isEd25519Signature(pair.publicKey, bytes, signature.subarray(0, length))).toBe(false);
    }
  });
});
