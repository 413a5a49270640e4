import { domainToASCII } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseAddress } from './address.ts';

const parse = (raw: string) => parseAddress(raw, domainToASCII);
const delivery = (raw: string) => {
  const parsed = parse(raw);
  return parsed.ok ? parsed.value.delivery : undefined;
};
const matching = (raw: string) => {
  const parsed = parse(raw);
  return parsed.ok ? parsed.value.matching : undefined;
};

describe('P-30: an address is delivered to as it was typed, but for its edges and its domain', () => {
  it.each([
    ['  NADIA.Levesque+news@MAIL.Example.COM ', 'NADIA.Levesque+news@mail.example.com'],
    ['josé.nuñez@exemple.example', 'josé.nuñez@exemple.example'],
    ['zoe@bücher.example', 'zoe@xn--bcher-kva.example'],
    ['zoe@XN--BCHER-KVA.example', 'zoe@xn--bcher-kva.example'],
    ['ελένη@παράδειγμα.example', 'ελένη@xn--hxajbheg2az3al.example'],
    ["o'brien@sub.domain.example.ca", "o'brien@sub.domain.example.ca"],
    ['a@b.co', 'a@b.co'],
    ['用户@例子.广告', '用户@xn--fsqu00a.xn--4rr70v'],
    ['x@123.example', 'x@123.example'],
  ])('%j', (raw, expected) => {
    expect(delivery(raw)).toBe(expected);
  });
});

describe('P-30: two spellings of one mailbox match', () => {
  it.each([
    ['NADIA@MAIL.EXAMPLE.COM', 'nadia@mail.example.com'],
    ['hélène.côté@exemple.example'.normalize('NFD'), 'hélène.côté@exemple.example'],
    ['É@EXAMPLE.com'.normalize('NFD'), 'é@example.com'],
    ['zoe@bücher.example', 'ZOE@xn--bcher-kva.EXAMPLE'],
    ['STRASSE@example.com', 'straße@example.com'],
    ['STRAẞE@example.com', 'straße@example.com'],
    ['ΟΔΟΣ@example.com', 'οδος@example.com'],
  ])('%j and %j', (a, b) => {
    expect(matching(a)).toBeDefined();
    expect(matching(a)).toBe(matching(b));
  });

  it.each([
    ['j.roy@example.com', 'jroy@example.com'],
    ['jean+news@example.com', 'jean@example.com'],
    ['jean@example.com', 'jean@example.org'],
  ])('%j and %j do not', (a, b) => {
    expect(matching(a)).not.toBe(matching(b));
  });
});

describe('what is no address is refused, without repeating it', () => {
  it.each([
    'pas-une-adresse',
    'deux@@example.com',
    'espace dans@example.com',
    '@example.com',
    'sans.domaine@',
    'accent@exam ple.com',
    '',
    ' ',
    '.debut@example.com',
    'fin.@example.com',
    'deux..points@example.com',
    'nom@example',
    'nom@-tiret.example',
    'nom@tiret-.example',
    'nom@example..com',
    'nom@.example.com',
    'nom@example.com.',
    'nom@[127.0.0.1]',
    'nom@127.0.0.1',
    'nom@0x7f.1',
    '"quoted"@example.com',
    'Jean <jean@example.com>',
    'a@example.com,b@example.com',
    'nom@exam_ple.com',
    'nom@example.com/path',
    'nom@example.com:25',
    'a\u0000b@example.com',
    'nom\r\nBcc: x@example.com',
    'no\u200bm@example.com',
    'nom@ex\u00adample.com',
    `${'a'.repeat(65)}@example.com`,
    `${'é'.repeat(33)}@example.com`,
    `a@${'b'.repeat(64)}.example`,
    `${'a'.repeat(60)}@${`${'b'.repeat(60)}.`.repeat(3)}${'c'.repeat(20)}.example`,
  ])('%j', (raw) => {
    const parsed = parse(raw);
    expect(parsed).toMatchObject({ ok: false, error: { code: 'invalid-address-syntax' } });
    if (raw.trim() !== '') expect(JSON.stringify(parsed)).not.toContain(raw.trim());
  });

  it('takes the longest that RFC 5321 allows', () => {
    expect(delivery(`${'a'.repeat(64)}@example.com`)).toBeDefined();
    const domain = `${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(53)}.example`;
    expect(delivery(`a@${domain}`)).toBe(`a@${domain}`);
  });
});

describe('for any text', () => {
  it('both forms are read again as themselves, and nothing throws', () => {
    const parts = fc.tuple(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('example.com', 'BÜCHER.example'),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.emailAddress(),
          parts.map((pair) => pair.join('@')),
        ),
        (raw) => {
          const parsed = parse(raw);
          if (!parsed.ok) return;
          const again = parse(parsed.value.delivery);
          expect(again).toEqual(parsed);
          expect(matching(parsed.value.matching)).toBe(parsed.value.matching);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
