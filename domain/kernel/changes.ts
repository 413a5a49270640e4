const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Whether two JSON values say the same. Order counts in lists, not among keys; an undefined value is none. */
export const sameJson = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  if (Array.isArray(a) && Array.isArray(b) && a.length !== b.length) return false;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) =>
    sameJson(own(a, key), own(b, key)),
  );
};

const own = (value: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(value, key) ? value[key] : undefined;

/** The part of a patch that changes something; empty when all of it is so already. */
export const changesOf = <T extends object>(current: T, patch: Partial<T>): Partial<T> =>
  Object.fromEntries(
    Object.entries(patch).filter(
      ([key, value]) =>
        value !== undefined && !sameJson((current as Record<string, unknown>)[key], value),
    ),
  ) as Partial<T>;

export const isEmpty = (value: object): boolean => Object.keys(value).length === 0;

/** The same values in the same order, each once. */
export const distinct = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];
