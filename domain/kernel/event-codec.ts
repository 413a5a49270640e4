import { clear, SHREDDED, type Personal, type Shredded } from './clear.ts';
import type { AnyEvent } from './event.ts';
import type { JsonObject } from './json.ts';
import { mustFit, type Shape } from './shape.ts';
import { UnknownEventType, type Codec } from './stream.ts';

type PersonalOf<E> = E extends { readonly personal: Personal<infer P> } ? P : never;

/** The stored form of one type of event: the version written today and the shapes of its parts. */
export type StoredForm<E extends AnyEvent> = Readonly<{ version: number; data: Shape<E['data']> }> &
  ([PersonalOf<E>] extends [never]
    ? { readonly personal?: never }
    : { readonly personal: Shape<PersonalOf<E>> });
export type StoredForms<E extends AnyEvent> = {
  readonly [T in E['type']]: StoredForm<Extract<E, { readonly type: T }>>;
};

/** Turns an earlier stored form into today's event. */
export type Upcast<E> = (data: JsonObject, personal: JsonObject | Shredded | undefined) => E;

type Form = Readonly<{ version: number; data: Shape<object>; personal?: Shape<object> }>;
type Reading = JsonObject | Shredded | undefined;

const readPersonal = (shape: Shape<object>, personal: Reading, type: string): Personal<object> =>
  personal === SHREDDED ? SHREDDED : clear(mustFit(shape, personal, `${type} personal`));

const reader =
  (type: string, storedType: string, form: Form) =>
  (data: JsonObject, personal: Reading): AnyEvent => {
    const read = mustFit(form.data, data, `${storedType} data`);
    if (form.personal !== undefined) {
      return { type, data: read, personal: readPersonal(form.personal, personal, storedType) };
    }
    if (personal === undefined) return { type, data: read };
    throw new TypeError(`${storedType} has no personal part.`);
  };

const writtenPersonal = (event: AnyEvent): JsonObject => {
  if (event.personal === undefined || event.personal === SHREDDED) {
    throw new TypeError(`${event.type} cannot be written without its personal part.`);
  }
  return event.personal.reveal() as JsonObject;
};

/**
 * The codec of a stream whose events are stored as they are: one form a type, and an upcast for each
 * earlier version (`{ 'ListCreated.v1': (data) => … }`). Neither direction copies `data`.
 */
export const eventCodec = <E extends AnyEvent>(
  forms: StoredForms<E>,
  earlier: Readonly<Record<string, Upcast<E>>> = {},
): Codec<E> => {
  const writers = new Map<string, Readonly<{ storedType: string; personal: boolean }>>();
  const readers = new Map<string, Upcast<AnyEvent>>(Object.entries(earlier));
  for (const [type, form] of Object.entries(forms as Readonly<Record<string, Form>>)) {
    const storedType = `${type}.v${form.version}`;
    writers.set(type, { storedType, personal: form.personal !== undefined });
    readers.set(storedType, reader(type, storedType, form));
  }
  return {
    storedTypes: [...readers.keys()],
    encode: (event) => {
      const writer = writers.get(event.type);
      if (writer === undefined) throw new TypeError(`No stored form for ${event.type}.`);
      const encoded = { type: writer.storedType, data: event.data as JsonObject };
      return writer.personal ? { ...encoded, personal: writtenPersonal(event) } : encoded;
    },
    decode: (storedType, data, personal) => {
      const read = readers.get(storedType);
      if (read === undefined) throw new UnknownEventType(storedType);
      return read(data, personal) as E;
    },
  };
};
