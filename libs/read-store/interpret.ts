import type { JsonValue } from '#domain/kernel/index';
import type { Upsert } from './change.ts';

type Fields = Record<string, JsonValue | undefined>;

const isObject = (value: JsonValue | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

// MongoDB refuses the last two; assigning the second would not make a field.
const checkName = (name: string): void => {
  if (name === '' || name === '__proto__' || name.startsWith('$')) {
    throw new TypeError(`${JSON.stringify(name)} cannot be part of a field path.`);
  }
};

/** The object that holds the last part of a path, made on the way where missing, and that part. */
const placeOf = (document: Fields, field: string): { parent: Fields; name: string } => {
  let parent = document;
  let start = 0;
  for (let dot = field.indexOf('.'); dot !== -1; dot = field.indexOf('.', start)) {
    const part = field.slice(start, dot);
    checkName(part);
    start = dot + 1;
    const next = parent[part];
    if (next === undefined) {
      const made: Fields = {};
      parent[part] = made;
      parent = made;
    } else if (isObject(next)) {
      parent = next;
    } else {
      throw new TypeError(`The path ${field} goes through a value that is not an object.`);
    }
  }
  const name = field.slice(start);
  checkName(name);
  return { parent, name };
};

/** As `placeOf`, but makes nothing: undefined where the path is not there. */
const existingPlace = (
  document: Fields,
  field: string,
): { parent: Fields; name: string } | undefined => {
  const path = field.split('.');
  const name = path.pop() ?? '';
  let parent: JsonValue | undefined = document;
  for (const part of path) parent = isObject(parent) ? parent[part] : undefined;
  return isObject(parent) ? { parent, name } : undefined;
};

const unset = (document: Fields, field: string): void => {
  const found = existingPlace(document, field);
  if (found !== undefined) Reflect.deleteProperty(found.parent, found.name);
};

const arrayIn = (parent: Fields, name: string, field: string): JsonValue[] => {
  const value = parent[name];
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new TypeError(`The field ${field} is not an array.`);
  return [...(value as readonly JsonValue[])];
};

const numberIn = (parent: Fields, name: string, field: string): number => {
  const value = parent[name];
  if (value === undefined) return 0;
  if (typeof value !== 'number') throw new TypeError(`The field ${field} is not a number.`);
  return value;
};

const greater = (
  stored: JsonValue | undefined,
  given: string | number,
  field: string,
): string | number => {
  if (stored === undefined || stored === null) return given;
  if (typeof stored === 'number' && typeof given === 'number') return Math.max(stored, given);
  if (typeof stored === 'string' && typeof given === 'string') {
    return Buffer.compare(Buffer.from(stored), Buffer.from(given)) >= 0 ? stored : given;
  }
  throw new TypeError(`The field ${field} cannot be compared with what is given.`);
};

/** A copy whose objects are its own; arrays are never changed in place. */
const copyOf = (value: JsonValue): JsonValue => {
  if (!isObject(value)) return value;
  const copy: Fields = {};
  for (const name in value) {
    const inner = value[name];
    if (inner !== undefined) copy[name] = copyOf(inner);
  }
  return copy;
};

const entriesOf = <T>(part: Readonly<Record<string, T>> | undefined): readonly [string, T][] =>
  part === undefined ? [] : Object.entries(part);

/** Most of what changes carry, hence without an array of entries for each. */
const set = (document: Fields, values: Fields): void => {
  for (const field in values) {
    const value = values[field];
    if (value === undefined) continue;
    const { parent, name } = placeOf(document, field);
    // A later part may write into an object that is set here: it must not be the caller's.
    parent[name] = copyOf(value);
  }
};

/** Carries out an upsert on a document of its own; throws `TypeError` where the paths do not fit. */
export const interpret = (document: Fields, change: Upsert): void => {
  if (change.set !== undefined) set(document, change.set);
  for (const field of change.unset ?? []) unset(document, field);
  for (const [field, value] of entriesOf(change.inc)) {
    const { parent, name } = placeOf(document, field);
    parent[name] = numberIn(parent, name, field) + value;
  }
  for (const [field, value] of entriesOf(change.max)) {
    const { parent, name } = placeOf(document, field);
    parent[name] = greater(parent[name], value, field);
  }
  for (const [field, values] of entriesOf(change.addToSet)) {
    const { parent, name } = placeOf(document, field);
    const elements = arrayIn(parent, name, field);
    parent[name] = elements;
    for (const value of values) if (!elements.includes(value)) elements.push(value);
  }
  for (const [field, values] of entriesOf(change.pull)) pull(document, field, values);
};

const pull = (document: Fields, field: string, values: readonly (string | number)[]): void => {
  const found = existingPlace(document, field);
  if (found?.parent[found.name] === undefined) return;
  const leaving = new Set<JsonValue>(values);
  const elements = arrayIn(found.parent, found.name, field);
  found.parent[found.name] = elements.filter((element) => !leaving.has(element));
};
