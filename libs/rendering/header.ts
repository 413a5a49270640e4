import { base64Lines } from './quoted-printable.ts';

/** RFC 2047 s. 2 allows 75; less leaves room for the header's name on the first line. */
const MAX_WORD = 64;
/** Lines should stay below this. Source: RFC 5322 s. 2.1.1. */
const MAX_LINE = 76;

const LINE_BREAK = /[\r\n\0]/;
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
/** Would be taken for an encoded word. */
const ENCODED_WORD = '=?';

const qEncode = (character: string): string =>
  /^[A-Za-z0-9!*+\-/]$/.test(character)
    ? character
    : character === ' '
      ? '_'
      : [...Buffer.from(character, 'utf8')]
          .map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)
          .join('');

/** Splits between characters, never within one, so that each word decodes alone. Source: RFC 2047 s. 5. */
const encodedWords = (text: string, kind: 'Q' | 'B'): string[] => {
  const room = MAX_WORD - '=?UTF-8?Q??='.length;
  const words: string[] = [];
  let current = '';
  let length = 0;
  const close = (): void => {
    if (current === '') return;
    const body = kind === 'Q' ? Array.from(current, qEncode).join('') : base64Lines(current);
    words.push(`=?UTF-8?${kind}?${body}?=`);
    current = '';
    length = 0;
  };
  for (const character of text) {
    const bytes = Buffer.byteLength(character, 'utf8');
    const size = kind === 'Q' ? qEncode(character).length : bytes;
    const fits = kind === 'Q' ? length + size <= room : 4 * Math.ceil((length + size) / 3) <= room;
    if (!fits) close();
    current += character;
    length += size;
  }
  close();
  return words;
};

const encoded = (text: string): string => {
  const [q, b] = [encodedWords(text, 'Q').join(' '), encodedWords(text, 'B').join(' ')];
  return q.length <= b.length ? q : b;
};

/** The texts of a campaign are nearly always the same: encoding the last few again would be a tenth of the work. */
const REMEMBERED = 64;
const known = new Map<string, string>();
const remembered = (text: string): string => {
  const before = known.get(text);
  if (before !== undefined) return before;
  const made = encoded(text);
  if (known.size >= REMEMBERED) known.clear();
  known.set(text, made);
  return made;
};

/** A free text as header words: as it is when plain ASCII, in encoded words otherwise. Source: RFC 2047. */
export const unstructured = (text: string): string => {
  if (LINE_BREAK.test(text)) throw new TypeError('A text in a header holds a line break.');
  if (PRINTABLE_ASCII.test(text) && !text.includes(ENCODED_WORD)) return text;
  return remembered(text);
};

/** A name in front of an address: plain, quoted or in encoded words. Source: RFC 5322 s. 3.2.5, RFC 2047 s. 5. */
export const headerPhrase = (name: string): string => {
  if (!PRINTABLE_ASCII.test(name) || name.includes(ENCODED_WORD)) return unstructured(name);
  return /^[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~ ]+$/.test(name)
    ? name
    : `"${name.replace(/["\\]/g, '\\$&')}"`;
};

/** `name <address>` of a From line. Source: RFC 5322 s. 3.4. */
export const mailbox = (name: string, address: string): string => {
  if (/[\s<>,;]/.test(address)) throw new TypeError('An address in a header holds no blanks.');
  return name === '' ? address : `${headerPhrase(name)} <${address}>`;
};

/** Date in the form of RFC 5322 s. 3.3, always UTC. */
export const headerDate = (date: Date): string => date.toUTCString().replace('GMT', '+0000');

/**
 * One header line, folded at blanks. Throws `TypeError` when a value holds a line break: nothing that
 * people wrote may add a header.
 */
export const headerLine = (name: string, value: string): string => {
  if (LINE_BREAK.test(value)) throw new TypeError(`The header ${name} holds a line break.`);
  if (name.length + 2 + value.length <= MAX_LINE) return `${name}: ${value}\r\n`;
  let line = `${name}:`;
  let folded = '';
  for (const word of value.split(' ')) {
    const isFirst = folded === '' && line === `${name}:`;
    if (!isFirst && line.length + 1 + word.length > MAX_LINE) {
      folded += `${line}\r\n`;
      line = '';
    }
    line += ` ${word}`;
  }
  return `${folded}${line}\r\n`;
};
