import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ListId } from '#domain/kernel/index';
import { decodeBase32 } from '#libs/crypto/base32';
import { idFrom, newId, uuidV5 } from './ids.ts';

const COMMAND = '6f1d2c3b-4a59-4e68-8776-95a4b3c2d1e0';

describe('newId', () => {
  it('mints valid ids that differ and sort by time', () => {
    const ids = Array.from({ length: 1_000 }, (_, index) =>
      newId(ListId, 1_700_000_000_000 + index),
    );
    expect(ids.every(ListId.is)).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
  });

  it('holds a UUIDv7 of the time given', () => {
    const bytes = decodeBase32(newId(ListId, 0x0123_4567_89ab), 'list_'.length);
    expect(bytes?.toString('hex')).toMatch(/^0123456789ab7[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
  });
});

describe('idFrom', () => {
  it('makes the same id of the same command, and others of others', () => {
    expect(idFrom(ListId, COMMAND)).toBe(idFrom(ListId, COMMAND));
    expect(ListId.is(idFrom(ListId, COMMAND))).toBe(true);
    expect(idFrom(ListId, COMMAND, 'second')).not.toBe(idFrom(ListId, COMMAND));
    expect(idFrom(ListId, uuidV5(COMMAND, 'x'))).not.toBe(idFrom(ListId, COMMAND));
  });
});

describe('uuidV5', () => {
  it('agrees with RFC 9562 A.4', () => {
    expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    );
  });

  it('agrees with a plain hash for any name', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.string({ unit: 'binary', maxLength: 2_000 }), (namespace, name) => {
        const digest = createHash('sha1')
          .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
          .update(name)
          .digest();
        digest[6] = (digest[6]! & 0x0f) | 0x50;
        digest[8] = (digest[8]! & 0x3f) | 0x80;
        expect(uuidV5(namespace, name).replaceAll('-', '')).toBe(digest.toString('hex', 0, 16));
      }),
    );
  });

  it('refuses a namespace that is no UUID', () => {
    expect(() => uuidV5('somebody@example.com', '0')).toThrow(TypeError);
  });
});
