import type { JsonValue } from '#domain/kernel/index';
import type { Document } from '../change.ts';
import type { Fields } from '../draft.ts';

/**
 * How a document lies in MongoDB. `position` comes first: `$max` compares embedded documents field by field, and so
 * keeps of two states the one that has seen more of the log. What was deleted leaves its position, so that a late
 * write does not bring it back.
 */
export type StoredState =
  | Readonly<{ position: string; live: true; fields: Readonly<Record<string, unknown>> }>
  | Readonly<{ position: string; deletedAt: Date }>;

export type StoredDocument = { _id: string; state: StoredState };

/** Where what a document holds begins. */
export const FIELDS = 'state.fields';
/** Holds true of documents, and is missing where one was deleted. Every index begins with it. */
export const LIVE = 'state.live';
export const DELETED_AT = 'state.deletedAt';

// MongoDB gives a dot and a leading $ a meaning in names of fields, has no name with a NUL, and may not keep an
// empty one; JSON has all of them.
const SPECIAL = /[%.$\0]/g;
const EMPTY = '%';

/** The name of a field in MongoDB. */
export const storedName = (name: string): string =>
  name === ''
    ? EMPTY
    : name.replace(
        SPECIAL,
        (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
      );

const originalName = (name: string): string =>
  name === EMPTY
    ? ''
    : name.replace(/%([0-9a-f]{2})/g, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      );

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Made without running a setter: a field may be called `__proto__`. */
const objectOf = (entries: Iterable<readonly [string, unknown]>): Record<string, unknown> =>
  Object.fromEntries(entries);

const toStored = (value: JsonValue): unknown => {
  // JSON has one zero, BSON two.
  if (value === 0) return 0;
  if (typeof value === 'string' && !value.isWellFormed()) {
    throw new TypeError('A read model cannot hold a text with half a character.');
  }
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(toStored);
  return isObject(value) ? toStoredFields(value) : value;
};

const toStoredFields = (fields: Fields): Record<string, unknown> => {
  const entries: [string, unknown][] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) entries.push([storedName(name), toStored(value)]);
  }
  return objectOf(entries);
};

const fromStored = (value: unknown): JsonValue => {
  if (Array.isArray(value)) return value.map(fromStored);
  return isObject(value) ? fromStoredFields(value) : (value as JsonValue);
};

const fromStoredFields = (fields: Readonly<Record<string, unknown>>): Fields =>
  objectOf(
    Object.entries(fields).map(([name, value]) => [originalName(name), fromStored(value)]),
  ) as Fields;

/** Throws `TypeError` on a text that is not well formed, which MongoDB would change. */
export const liveState = ({ id: _, ...fields }: Fields, position: string): StoredState => ({
  position,
  live: true,
  fields: toStoredFields(fields),
});

/** Undefined where the document was deleted. */
export const documentIn = ({ _id: id, state }: StoredDocument): Document | undefined =>
  'live' in state ? { id, ...fromStoredFields(state.fields) } : undefined;
