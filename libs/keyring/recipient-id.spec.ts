import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RecipientId } from '#domain/kernel/index';
import { decodeBase32 } from '#libs/crypto/base32';
import { recipientIdOf } from './recipient-id.ts';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe('recipientIdOf', () => {
  it('is the first half of HMAC-SHA-256 of the address (P-28, P-30)', () => {
    fc.assert(
      fc.property(key, fc.emailAddress(), (identityKey, address) => {
        const id = recipientIdOf(identityKey, address);
        expect(RecipientId.is(id)).toBe(true);
        expect(decodeBase32(id, 4)).toEqual(
          createHmac('sha256', identityKey).update(address).digest().subarray(0, 16),
        );
      }),
    );
  });

  it('differs between accounts and cannot be rebuilt without the key (P-25, P-29)', () => {
    fc.assert(
      fc.property(key, key, fc.emailAddress(), (one, other, address) => {
        fc.pre(!Buffer.from(one).equals(other));
        expect(recipientIdOf(one, address)).not.toBe(recipientIdOf(other, address));
      }),
    );
  });
});
