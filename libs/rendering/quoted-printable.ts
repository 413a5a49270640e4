/** Soft line break: the decoder removes it, so that text can be cut anywhere. Source: RFC 2045 s. 6.7 (5). */
const SOFT_BREAK = '=\r\n';
/** One less than the 76 of RFC 2045, to leave room for the `=` of a soft line break. */
const MAX_COLUMN = 75;
/** Needs no encoding, and can be cut anywhere. */
const PLAIN_WORD = /^[\x21-\x3c\x3e-\x7e]*$/;
const HEX = Array.from(
  { length: 256 },
  (_, byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
);

const [TAB, LINE_FEED, SPACE, DOT, EQUALS] = [0x09, 0x0a, 0x20, 0x2e, 0x3d];
/** SMTP would have to double a dot that begins a line. Source: RFC 2049 s. 3, RFC 5321 s. 4.5.2. */
const ENCODED_DOT = '=2E';

const isPlain = (byte: number): boolean => byte > SPACE && byte < 0x7f && byte !== EQUALS;
const isBlank = (byte: number): boolean => byte === SPACE || byte === TAB;

/** A blank may stand as it is unless a line ends behind it. */
const encodeByte = (bytes: Uint8Array, index: number): string => {
  const byte = bytes[index] ?? 0;
  const next = bytes[index + 1];
  if (isPlain(byte)) return String.fromCharCode(byte);
  if (isBlank(byte) && next !== undefined && next !== LINE_FEED) return String.fromCharCode(byte);
  return HEX[byte] ?? '';
};

/**
 * Encodes a text as quoted-printable, as if it began a line. Lines are at most 76 characters and end with
 * CRLF; none begins with a dot. Source: RFC 2045 s. 6.7.
 */
export const quotedPrintable = (text: string): string => {
  return (PLAIN_WORD.test(text) ? cutWord(text) : undefined) ?? encodeBytes(text);
};

/** Undefined when a line would begin with a dot. */
const cutWord = (word: string): string | undefined => {
  let cut = '';
  for (let start = 0; start < word.length; start += MAX_COLUMN) {
    if (word.charCodeAt(start) === DOT) return undefined;
    cut += (start === 0 ? '' : SOFT_BREAK) + word.slice(start, start + MAX_COLUMN);
  }
  return cut;
};

const encodeBytes = (text: string): string => {
  const bytes = Buffer.from(text.replace(/\r\n?/g, '\n'), 'utf8');
  let encoded = '';
  let column = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    if (bytes[index] === LINE_FEED) {
      encoded += '\r\n';
      column = 0;
      continue;
    }
    const unit = encodeByte(bytes, index);
    if (column + unit.length > MAX_COLUMN) {
      encoded += SOFT_BREAK;
      column = 0;
    }
    const atStart = column === 0 && bytes[index] === DOT ? ENCODED_DOT : unit;
    encoded += atStart;
    column += atStart.length;
  }
  return encoded;
};

/**
 * Encodes a piece to which others are joined: what follows may again be encoded as if it began a line,
 * which is what lets the fixed parts of a message be encoded once for all recipients.
 */
export const quotedPrintablePiece = (text: string): string => {
  const encoded = quotedPrintable(text);
  return encoded === '' || encoded.endsWith('\r\n') ? encoded : encoded + SOFT_BREAK;
};

/** Whether quoted-printable makes the text shorter than base64 does: true for texts in Latin script. */
export const isQuotedPrintableShorter = (text: string): boolean => {
  const bytes = Buffer.byteLength(text, 'utf8');
  let plain = 0;
  for (let index = 0; index < text.length; index += 1)
    if (text.charCodeAt(index) < 0x80) plain += 1;
  return plain + 3 * (bytes - plain) <= 1.37 * bytes;
};

/** Encodes a text as base64 in lines of 76 characters. Source: RFC 2045 s. 6.8. */
export const base64Lines = (text: string): string =>
  Buffer.from(text.replace(/\r\n?|\n/g, '\r\n'), 'utf8')
    .toString('base64')
    .replace(/.{76}(?=.)/g, '$&\r\n');
