import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bytesOfText, textOfBytes, withoutPersonal, withPersonal } from './event-bytes.ts';

const metadata = fc
  .dictionary(fc.string(), fc.jsonValue())
  .map((value) => JSON.stringify(value))
  .filter((text) => !text.includes('$personal'));
const personal = fc.option(fc.uint8Array({ maxLength: 300 }), { nil: undefined });

describe('LED-2: what is stored in EventStoreDB comes back byte for byte', () => {
  it('whatever the metadata and the cipher text', () => {
    fc.assert(
      fc.property(metadata, personal, (text, cipher) => {
        const stored = withPersonal(text, cipher);
        JSON.parse(stored);
        const again = withoutPersonal(textOfBytes(bytesOfText(stored)), true);
        expect(again).toEqual({ metadata: text, ...(cipher && { personal: cipher }) });
        const unopened = withoutPersonal(stored, false);
        expect(unopened).toEqual({ metadata: text, ...(cipher && { personal: new Uint8Array() }) });
      }),
    );
  });

  it.each([
    '{"a":{"$personal":"AAAA"}}',
    '{"a":"\\"$personal\\":\\"AAAA\\"}"}',
    '{"$personal":["AAAA"]}',
    '{"a":"\uFEFF","b":"\\u0000 \u2028 é"}',
  ])('also where the metadata is %s', (text) => {
    const cipher = new Uint8Array([1, 2, 3]);
    expect(withoutPersonal(withPersonal(text, undefined), true)).toEqual({ metadata: text });
    expect(withoutPersonal(withPersonal(text, cipher), true)).toEqual({
      metadata: text,
      personal: cipher,
    });
  });

  it.each(['', '[]', '"text"', '{"$personal":"AAAA"}', '{"a":1,"$personal":""}'])(
    'and %s is refused, because it would not',
    (text) => {
      expect(() => withPersonal(text, undefined)).toThrow(TypeError);
    },
  );
});
