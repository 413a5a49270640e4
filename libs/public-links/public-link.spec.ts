import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  AccountId,
  FormId,
  Instant,
  NewsletterId,
  RecipientId,
  WordingId,
} from '#domain/kernel/index';
import { randomBytesOf } from '#libs/crypto/random';
import { encodeBase32 } from '#libs/crypto/base32';
import { LINK_KINDS, linkAddress, openLink, sealLink, type PublicLink } from './index.ts';

const key = randomBytesOf(32);
const id = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => encodeBase32(bytes));

const links: fc.Arbitrary<PublicLink> = fc.record({
  kind: fc.constantFrom(...LINK_KINDS),
  accountId: id.map((suffix) => AccountId.parse(`acc_${suffix}`)),
  recipientId: id.map((suffix) => RecipientId.parse(`rcp_${suffix}`)),
  about: fc.oneof(
    id.map((suffix) => NewsletterId.parse(`nl_${suffix}`)),
    id.map((suffix) => FormId.parse(`form_${suffix}`)),
    id.map((suffix) => WordingId.parse(`wrd_${suffix}`)),
  ),
  issued: fc
    .date({ min: new Date(0), max: new Date('2199-01-01'), noInvalidDate: true })
    .map((date) => Instant(date.toISOString())),
});

describe('public links (M-13, P-25)', () => {
  it('open as what they were made of, for their purpose only', () => {
    fc.assert(
      fc.property(links, (link) => {
        const token = sealLink(key, link);
        for (const kind of LINK_KINDS) {
          expect(openLink(key, kind, token)).toEqual(kind === link.kind ? link : undefined);
        }
        expect(openLink(randomBytesOf(32), link.kind, token)).toBeUndefined();
      }),
    );
  });

  it('are opaque, differ each time, and fit into an address as they are', () => {
    fc.assert(
      fc.property(links, (link) => {
        const [one, other] = [sealLink(key, link), sealLink(key, link)];
        expect(one.slice(0, 32)).not.toBe(other.slice(0, 32));
        expect(one).toMatch(/^[\w-]{127}$/);
        expect(one).not.toContain(link.recipientId.slice(4));
        expect(linkAddress('https://h.example/', link.kind, one)).toMatch(
          /^https:\/\/h\.example\/\w/,
        );
      }),
    );
  });

  it('open for no guess, no other spelling and no changed bit', () => {
    fc.assert(
      fc.property(links, fc.string(), fc.nat(), (link, guess, place) => {
        const token = sealLink(key, link);
        const bytes = Buffer.from(token, 'base64url');
        bytes[place % bytes.length]! ^= 1;
        const tries = [guess, `${token}A`, `${token}=`, `${token}!`, bytes.toString('base64url')];
        for (const tried of tries) expect(openLink(key, link.kind, tried)).toBeUndefined();
      }),
    );
  });
});
