import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomBytesOf } from '#libs/crypto/random';
import { openToken, sealToken } from './token.ts';

const key = randomBytesOf(32);

describe('tokens', () => {
  it('give back their payload and fit into a URL as they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (payload) => {
        const token = sealToken(key, 'unsubscribe', payload);
        expect(token).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(openToken(key, 'unsubscribe', token)).toBe(payload);
        expect(sealToken(key, 'unsubscribe', payload)).not.toBe(token);
      }),
    );
  });

  it('are worth nothing for another purpose or under another key', () => {
    const token = sealToken(key, 'unsubscribe', 'payload');
    expect(openToken(key, 'confirm', token)).toBeUndefined();
    expect(openToken(randomBytesOf(32), 'unsubscribe', token)).toBeUndefined();
  });

  it('are worth nothing when a character is changed, added, left out or spelled otherwise', () => {
    const token = sealToken(key, 'unsubscribe', 'payload');
    const opened = (text: string) => openToken(key, 'unsubscribe', text);
    for (let index = 0; index < token.length; index += 1) {
      const other = token[index] === 'A' ? 'B' : 'A';
      expect(opened(token.slice(0, index) + other + token.slice(index + 1))).toBeUndefined();
      expect(opened(token.slice(0, index) + token.slice(index + 1))).toBeUndefined();
    }
    for (const forged of [
      '',
      'x',
      `${token}=`,
      `${token}A`,
      ` ${token}`,
      `${token}.`,
      'é'.repeat(80),
    ]) {
      expect(opened(forged)).toBeUndefined();
    }
  });

  it('never open for noise', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(openToken(key, 'unsubscribe', text)).toBeUndefined();
      }),
    );
  });
});
