import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { base64Lines, quotedPrintable, quotedPrintablePiece } from './quoted-printable.ts';

/** An independent decoder, straight from RFC 2045 s. 6.7. */
const decode = (encoded: string): string => {
  const joined = encoded.replace(/=\r\n/g, '').replace(/\r\n/g, '\n');
  const bytes: number[] = [];
  for (let index = 0; index < joined.length; index += 1) {
    if (joined[index] === '=') {
      bytes.push(Number.parseInt(joined.slice(index + 1, index + 3), 16));
      index += 2;
    } else bytes.push(joined.charCodeAt(index));
  }
  return Buffer.from(bytes).toString('utf8');
};

const text = fc
  .array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('\n', ' ', '=', '.', '\t', 'é')))
  .map((pieces) => pieces.join('').replace(/\r/g, ''));

describe('quoted-printable (M-01)', () => {
  it('gives the text back and keeps lines within 76 characters', () => {
    fc.assert(
      fc.property(text, (original) => {
        const encoded = quotedPrintable(original);
        expect(decode(encoded)).toBe(original);
        for (const line of encoded.split('\r\n')) {
          expect(line.length).toBeLessThanOrEqual(76);
          expect(line).not.toMatch(/[ \t]$/);
          expect(line).not.toMatch(/^\./);
        }
      }),
    );
  });

  it('cuts a long word, and gives it back', () => {
    const word = fc.string({ unit: fc.constantFrom('.', 'a', '/'), minLength: 60, maxLength: 400 });
    fc.assert(
      fc.property(word, (original) => {
        const encoded = quotedPrintable(original);
        expect(decode(encoded)).toBe(original);
        for (const line of encoded.split('\r\n')) {
          expect(line.length).toBeLessThanOrEqual(76);
          expect(line).not.toMatch(/^\./);
        }
      }),
    );
  });

  it('lets pieces be encoded apart and joined', () => {
    fc.assert(
      fc.property(fc.array(text), (pieces) => {
        const joined = pieces.map(quotedPrintablePiece).join('');
        expect(decode(joined)).toBe(pieces.join(''));
        for (const line of joined.split('\r\n')) expect(line.length).toBeLessThanOrEqual(76);
      }),
    );
  });
});

describe('base64 (M-01)', () => {
  it('gives the text back and keeps lines within 76 characters', () => {
    fc.assert(
      fc.property(text, (original) => {
        const encoded = base64Lines(original);
        const decoded = Buffer.from(encoded, 'base64').toString('utf8');
        expect(decoded.replace(/\r\n/g, '\n')).toBe(original);
        for (const line of encoded.split('\r\n')) expect(line.length).toBeLessThanOrEqual(76);
      }),
    );
  });
});
