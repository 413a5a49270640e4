/** Crockford base32 in lower case. Source: TypeID specification 0.3.0. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const CHARACTERS = 26;
const codes = Uint8Array.from(ALPHABET, (character) => character.charCodeAt(0));
const values = new Int8Array(128).fill(-1);
codes.forEach((code, value) => (values[code] = value));

const scratch = Buffer.alloc(CHARACTERS);

/** 16 bytes as 26 characters: two zero bits, then the bytes, five bits a character. */
export const encodeBase32 = (bytes: Uint8Array): string => {
  if (bytes.length < 16) throw new TypeError('16 bytes are needed.');
  let bits = 0;
  let pending = 2;
  let at = 0;
  for (let index = 0; index < 16; index += 1) {
    bits = (bits << 8) | (bytes[index] ?? 0);
    pending += 8;
    while (pending >= 5) {
      pending -= 5;
      scratch[at] = codes[(bits >>> pending) & 31] ?? 0;
      at += 1;
    }
    bits &= (1 << pending) - 1;
  }
  return scratch.toString('latin1');
};

/** The 16 bytes that 26 characters from `start` on stand for; undefined when they stand for none. */
export const decodeBase32 = (text: string, start = 0): Buffer | undefined => {
  if (text.length - start !== CHARACTERS || text.charCodeAt(start) > 0x37) return undefined;
  const bytes = Buffer.allocUnsafe(16);
  let bits = 0;
  let pending = -2;
  let at = 0;
  for (let index = start; index < start + CHARACTERS; index += 1) {
    const value = values[text.charCodeAt(index)] ?? -1;
    if (value < 0) return undefined;
    bits = (bits << 5) | value;
    pending += 5;
    if (pending >= 8) {
      pending -= 8;
      bytes[at] = (bits >>> pending) & 255;
      at += 1;
      bits &= (1 << pending) - 1;
    }
  }
  return bytes;
};
