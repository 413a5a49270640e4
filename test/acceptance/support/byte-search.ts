import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { domainToASCII } from 'node:url';
import { storedOnServers } from './engines.ts';

type Needle = Readonly<{ word: string; form: string; bytes: Buffer }>;

/** Where something was found, without saying what it is: `file (form)`. */
export type Found = Readonly<{ file: string; form: string; word: string }>;

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];

/** As people, programs and databases may have spelled it. */
const spellings = (word: string): readonly string[] => {
  const cases = [word, word.toLowerCase(), word.toUpperCase()];
  const composed = cases.flatMap((each) => [each.normalize('NFC'), each.normalize('NFD')]);
  const isLabel = /^[\p{L}\p{N}-]+$/u.test(word);
  return unique([...composed, ...(isLabel ? [domainToASCII(word.toLowerCase())] : [])]);
};

/** The characters of base64 that a text gives wherever it begins in what is encoded. */
const base64At = (bytes: Buffer, offset: 0 | 1 | 2): string => {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  const bits = 8 * (offset + bytes.length);
  return encoded.slice(Math.ceil((8 * offset) / 6), Math.floor(bits / 6));
};

const escaped = (text: string, escape: (character: string) => string): string =>
  text.replace(/[^\x20-\x7e]/g, escape);

const encodings = (text: string): readonly (readonly [string, Buffer])[] => {
  const utf8 = Buffer.from(text);
  const utf16 = Buffer.from(text, 'utf16le');
  const base64 = ([0, 1, 2] as const).map((offset) => base64At(utf8, offset));
  const percent = encodeURIComponent(text);
  const quoted = percent.replaceAll('%', '=');
  const json = escaped(text, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const plain: readonly (readonly [string, string])[] = [
    ...base64.map((each) => ['base64', each] as const),
    ...base64.map((each) => ['base64url', each.replaceAll('+', '-').replaceAll('/', '_')] as const),
    ['percent-encoded', percent],
    ['percent-encoded', percent.replace(/%../g, (each) => each.toLowerCase())],
    ['quoted-printable', quoted],
    ['JSON escapes', json],
    ['hexadecimal', utf8.toString('hex')],
    ['hexadecimal', utf8.toString('hex').toUpperCase()],
  ];
  return [
    ['UTF-8', utf8],
    ['UTF-16LE', utf16],
    ['UTF-16BE', Buffer.from(utf16).swap16()],
    ...plain.map(([form, each]) => [form, Buffer.from(each)] as const),
  ];
};

/** Every form in which a word could have been left behind. */
export const needlesFor = (words: readonly string[]): readonly Needle[] => {
  const needles = new Map<string, Needle>();
  for (const word of words) {
    for (const [form, bytes] of spellings(word).flatMap(encodings)) {
      if (bytes.length < 8) throw new TypeError('Too short: it could stand there by chance.');
      const key = bytes.toString('latin1');
      if (!needles.has(key)) needles.set(key, { word, form, bytes });
    }
  }
  return [...needles.values()];
};

export const findIn = (name: string, haystack: Buffer, needles: readonly Needle[]): Found[] =>
  needles
    .filter(({ bytes }) => haystack.includes(bytes))
    .map(({ word, form }) => ({ file: name, form, word }));

/** Where something is kept: a file below a data directory, or a part of its servers. */
export type Place = Readonly<{ name: string; bytes: Buffer }>;

/** Every place where anything is kept, as it is at this moment. */
export const placesBelow = async (
  directory: string,
  isMeant: (name: string) => boolean = () => true,
): Promise<readonly Place[]> => {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const names = entries.map((entry) => ({
    isFile: entry.isFile(),
    name: path.relative(directory, path.join(entry.parentPath, entry.name)),
  }));
  const places = (await storedOnServers(directory)).filter(({ name }) => isMeant(name));
  for (const { name, isFile } of names) {
    if (!isMeant(name)) continue;
    const bytes = isFile ? await bytesOf(path.join(directory, name)) : Buffer.alloc(0);
    places.push({ name, bytes });
  }
  return places;
};

/** What stands in any of these places, with their names searched too. */
export const findBelow = async (
  directory: string,
  needles: readonly Needle[],
  isMeant?: (name: string) => boolean,
): Promise<readonly Found[]> =>
  (await placesBelow(directory, isMeant)).flatMap(({ name, bytes }) => [
    ...findIn(`name of ${name}`, Buffer.from(name), needles),
    ...findIn(name, bytes, needles),
  ]);

/** A file that went away between listing and reading holds nothing. */
const bytesOf = async (file: string): Promise<Buffer> => {
  try {
    return await readFile(file);
  } catch (error) {
    // Not by class: inside Jest, errors of Node are of another realm.
    if ((error as { code?: unknown }).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
};
