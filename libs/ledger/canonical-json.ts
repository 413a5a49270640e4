/**
 * The one text that a JSON value has: keys in order of their UTF-16 units, no blanks, numbers as
 * ECMAScript writes them. Properties that are undefined are left out. Source: RFC 8785.
 *
 * Throws `TypeError` on everything that would come back as something else: lone surrogates, -0, numbers
 * that are not finite, whole numbers beyond ±(2^53-1), undefined in a list, and objects that are not
 * plain (a Date, a Map, personal data that nobody revealed). The text of the error names no value.
 */
export const canonicalJson = (value: unknown): string => {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
      return numberText(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? listText(value) : objectText(value);
    default:
      throw new TypeError(`JSON has no ${typeof value}.`);
  }
};

const numberText = (value: number): string => {
  if (!Number.isFinite(value)) throw new TypeError('JSON has finite numbers only.');
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new TypeError('A whole number beyond ±(2^53-1) would lose digits: store it as text.');
  }
  if (Object.is(value, -0)) throw new TypeError('JSON turns -0 into 0.');
  return String(value);
};

// Everything that needs an escape, and every surrogate: those few texts take the slow way.
// eslint-disable-next-line no-control-regex -- control characters are what JSON escapes
const NEEDS_CARE = /["\\\u0000-\u001f\ud800-\udfff]/;

const quoted = (text: string): string => {
  if (!NEEDS_CARE.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new TypeError('A text with half a surrogate pair is no Unicode.');
  return JSON.stringify(text);
};

const listText = (values: readonly unknown[]): string => {
  let text = '[';
  for (let index = 0; index < values.length; index += 1) {
    text += index === 0 ? canonicalJson(values[index]) : `,${canonicalJson(values[index])}`;
  }
  return `${text}]`;
};

const objectText = (value: object): string => {
  refuseUnlessPlain(value);
  const properties = value as Readonly<Record<string, unknown>>;
  let text = '{';
  for (const key of sortedKeys(properties)) {
    const property = properties[key];
    if (property === undefined) continue;
    text += `${text.length === 1 ? '' : ','}${quoted(key)}:${canonicalJson(property)}`;
  }
  return `${text}}`;
};

const refuseUnlessPlain = (value: object): void => {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return;
  throw new TypeError('Only plain objects and lists can be stored.');
};

/** Few keys, often in order already: an insertion sort beats the general one. */
const sortedKeys = (properties: object): readonly string[] => {
  const keys = Object.keys(properties);
  if (keys.length > 32) return keys.sort();
  for (let index = 1; index < keys.length; index += 1) {
    const key = keys[index] ?? '';
    let place = index;
    while (place > 0 && (keys[place - 1] ?? '') > key) {
      keys[place] = keys[place - 1] ?? '';
      place -= 1;
    }
    keys[place] = key;
  }
  return keys;
};
