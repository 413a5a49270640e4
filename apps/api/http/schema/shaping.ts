/** Makes the value of a property what the class says it is; what cannot be is left for the checks to refuse. */
export type Shaper = (value: unknown) => unknown;

type Class = new () => object;

const own = new Map<object, Map<string, Shaper>>();
const merged = new Map<object, readonly (readonly [string, Shaper])[]>();

/** A property decorator: the value is shaped before it is checked. Of several, the lowest shapes first. */
export const shapedBy =
  (shaper: Shaper): PropertyDecorator =>
  (prototype, name) => {
    const shapers = own.get(prototype) ?? new Map<string, Shaper>();
    const before = shapers.get(String(name));
    shapers.set(String(name), before === undefined ? shaper : (value) => shaper(before(value)));
    own.set(prototype, shapers);
  };

const shapersOf = (prototype: object): readonly (readonly [string, Shaper])[] => {
  const known = merged.get(prototype);
  if (known !== undefined) return known;
  const above: object | null = Object.getPrototypeOf(prototype) as object | null;
  const inherited = above === null ? [] : shapersOf(above);
  const all = [...new Map([...inherited, ...(own.get(prototype) ?? [])])];
  merged.set(prototype, all);
  return all;
};

/** Whether a value is an object as JSON has them: no list, no null. */
export const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Names by which a body could pass itself off as another class, whose checks it would then escape. */
const DISGUISES = ['__proto__', 'constructor', 'prototype'];

/** A body has a property that no body may have. */
export class Disguised extends Error {
  constructor(readonly property: string) {
    super('A body has a property that no body may have.');
    this.name = 'Disguised';
  }
}

/** An instance of a body's class with what was sent, for class-validator to check. Throws `Disguised`. */
export const shaped = (type: Class, sent: Record<string, unknown>): object => {
  const disguise = DISGUISES.find((name) => Object.hasOwn(sent, name));
  if (disguise !== undefined) throw new Disguised(disguise);
  const instance = Object.assign(new type(), sent) as Record<string, unknown>;
  for (const [name, shaper] of shapersOf(type.prototype as object)) {
    if (Object.hasOwn(sent, name)) instance[name] = shaper(sent[name]);
  }
  return instance;
};
