import type { JsonValue } from '#domain/kernel/index';

const WORD = /[\p{L}\p{N}]+/gu;
// eslint-disable-next-line no-control-regex -- all of ASCII
const ASCII = /^[\u0000-\u007f]*$/;
const WORDS_OF_A_VALUE = 8;
const SHORTEST_WORD = 2;
const LONGEST_TOKEN = 64;

/** A text as it is searched for: lower case, accents kept apart from their letters and dropped. */
export const folded = (text: string): string => {
  // Nothing to take apart, as in most names.
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
};

/**
 * What a recipient is found by: each token by its beginning. The address, its domain, and the words of
 * text fields; the part before the @ needs no token of its own, the address begins with it.
 */
export const searchTokens = (
  address: string | undefined,
  fields: Readonly<Record<string, JsonValue | undefined>>,
): readonly string[] => {
  const tokens = new Set<string>();
  if (address !== undefined) {
    const text = address.toLowerCase();
    tokens.add(text.slice(0, LONGEST_TOKEN));
    tokens.add(text.slice(text.lastIndexOf('@') + 1, LONGEST_TOKEN));
  }
  for (const value of Object.values(fields)) {
    if (typeof value !== 'string') continue;
    let words = 0;
    for (const word of folded(value).match(WORD) ?? []) {
      if (word.length < SHORTEST_WORD) continue;
      tokens.add(word.slice(0, LONGEST_TOKEN));
      words += 1;
      if (words === WORDS_OF_A_VALUE) break;
    }
  }
  return [...tokens];
};
