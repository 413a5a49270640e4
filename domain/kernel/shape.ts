/** Where a value does not fit its shape, and what belongs there. Never the value: it may be personal. */
export type Misfit = Readonly<{ path: string; expected: string }>;

/**
 * Says whether an unknown value has the form `T`: undefined when it fits. Values are judged, never copied
 * or changed, so that decoding an event costs next to nothing.
 */
export type Shape<T> = ((value: unknown) => Misfit | undefined) & { readonly fits?: T };
/** The shape of a property that may be absent. */
export type OptionalShape<T> = Shape<T | undefined> & { readonly maybe?: true };
type AnyShape = Shape<unknown>;

type Fields = Readonly<Record<string, AnyShape>>;
type Fitting<S> = S extends { readonly fits?: infer T } ? T : never;
type OptionalKeys<F> = { [K in keyof F]: F[K] extends { maybe?: true } ? K : never }[keyof F];
/** What an `object(fields)` shape accepts. */
export type Fitted<F> = { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: Fitting<F[K]> } & {
  readonly [K in OptionalKeys<F>]?: Exclude<Fitting<F[K]>, undefined>;
};

const expected = (what: string): Misfit => ({ path: '', expected: what });
const under = (key: string | number, misfit: Misfit): Misfit => ({
  path: misfit.path === '' ? String(key) : `${key}.${misfit.path}`,
  expected: misfit.expected,
});
const test =
  <T>(what: string, fits: (value: unknown) => boolean): Shape<T> =>
  (value) =>
    fits(value) ? undefined : expected(what);

const STRING = test<string>('a text', (value) => typeof value === 'string');
const BOOLEAN = test<boolean>('true or false', (value) => typeof value === 'boolean');
const NUMBER = test<number>('a finite number', Number.isFinite);
const COUNT = test<number>('a whole number from 0', (value) =>
  Number.isSafeInteger(value) && (value as number) >= 0);
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const string = <T extends string = string>(): Shape<T> => STRING as Shape<T>;
export const boolean = (): Shape<boolean> => BOOLEAN;
export const number = (): Shape<number> => NUMBER;
/** A whole number from 0 to 2^53-1. */
export const count = (): Shape<number> => COUNT;

/** A text that a test accepts, such as the `is` of an id type; `what` completes "expected …". */
export const text = <T extends string>(
  what: string,
  accepts: (text: string) => boolean,
): Shape<T> => test<T>(what, (value) => typeof value === 'string' && accepts(value));

/** One of these values, compared with `===`. */
export const oneOf = <const T extends string | number | boolean | null>(
  ...values: readonly T[]
): Shape<T> => {
  const set = new Set<unknown>(values);
  return test<T>(`one of ${values.map((value) => JSON.stringify(value)).join(', ')}`, (value) =>
    set.has(value));
};

export const optional =
  <T>(shape: Shape<T>): OptionalShape<T> =>
  (value) =>
    value === undefined ? undefined : shape(value);

export const nullable =
  <T>(shape: Shape<T>): Shape<T | null> =>
  (value) =>
    value === null ? undefined : shape(value);

/** The first of two shapes that fits; of two misfits the second is told. */
export const either =
  <A, B>(first: Shape<A>, second: Shape<B>): Shape<A | B> =>
  (value) =>
    first(value) === undefined ? undefined : second(value);

export const array =
  <T>(item: Shape<T>): Shape<readonly T[]> =>
  (value) => {
    if (!Array.isArray(value)) return expected('a list');
    for (let index = 0; index < value.length; index += 1) {
      const misfit = item(value[index]);
      if (misfit !== undefined) return under(index, misfit);
    }
    return undefined;
  };

/** An object with any keys, as a map. A misfit names `*`, not the key: a key can be personal too. */
export const record =
  <T>(item: Shape<T>): Shape<Readonly<Record<string, T>>> =>
  (value) => {
    if (!isObject(value)) return expected('an object');
    for (const key of Object.keys(value)) {
      const misfit = item(value[key]);
      if (misfit !== undefined) return under('*', misfit);
    }
    return undefined;
  };

/** An object with these keys and no others: a key that nobody knows comes from a newer version. */
export const object = <F extends Fields>(fields: F): Shape<Fitted<F>> => {
  const entries = Object.entries(fields);
  const known = new Set(Object.keys(fields));
  return (value) => {
    if (!isObject(value)) return expected('an object');
    for (const [key, shape] of entries) {
      const misfit = shape(Object.hasOwn(value, key) ? value[key] : undefined);
      if (misfit !== undefined) return under(key, misfit);
    }
    for (const key of Object.keys(value)) {
      if (!known.has(key)) return expected(`no keys but ${[...known].join(', ')}`);
    }
    return undefined;
  };
};

/** One of several objects, told apart by the value of one key. */
export const variant = <T>(
  tag: string,
  shapes: Readonly<Record<string, Shape<unknown>>>,
): Shape<T> => {
  const byTag = new Map(Object.entries(shapes));
  const kinds = expected(`one of ${[...byTag.keys()].join(', ')}`);
  return (value) => {
    if (!isObject(value)) return expected('an object');
    const kind = value[tag];
    const shape = typeof kind === 'string' ? byTag.get(kind) : undefined;
    return shape === undefined ? under(tag, kinds) : shape(value);
  };
};

/** The value itself when it fits. Throws `TypeError` that names `root` and the path, never the value. */
export const mustFit = <T>(shape: Shape<T>, value: unknown, root: string): T => {
  const misfit = shape(value);
  if (misfit === undefined) return value as T;
  const path = misfit.path === '' ? root : `${root}.${misfit.path}`;
  throw new TypeError(`At ${path}: expected ${misfit.expected}.`);
};
