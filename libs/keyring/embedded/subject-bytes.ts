import { decodeBase32, encodeBase32 } from '#libs/crypto/base32';

const PLAIN_TEXT = 0;

/**
 * The stored form of a subject. An id such as `rcp_…` becomes the length of its prefix, the prefix and
 * 16 bytes: two thirds of its text, in a table and an index of a row for each person. Any other text
 * stands as it is, after a zero byte.
 */
export const subjectBytes = (subject: string): Buffer => {
  const underscore = subject.indexOf('_');
  if (underscore > 0 && underscore < 64) {
    const id = decodeBase32(subject, underscore + 1);
    if (id !== undefined) {
      const prefix = Buffer.from(subject.slice(0, underscore));
      return Buffer.concat([Buffer.of(prefix.length), prefix, id]);
    }
  }
  return Buffer.concat([Buffer.of(PLAIN_TEXT), Buffer.from(subject)]);
};

/** The subject that a stored form stands for. */
export const subjectOfBytes = (stored: Uint8Array): string => {
  const bytes = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength);
  const length = bytes.readUInt8(0);
  if (length === PLAIN_TEXT) return bytes.toString('utf8', 1);
  return `${bytes.toString('utf8', 1, 1 + length)}_${encodeBase32(bytes.subarray(1 + length))}`;
};
