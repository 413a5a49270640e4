import type { Personal } from './clear.ts';

/** A fact without personal data. `data` holds JSON only: no Date, bigint, Map or Set. */
export type Event<T extends string = string, D extends object = object> = Readonly<{
  type: T;
  data: Readonly<D>;
}>;

/** A fact about a person: what identifies them is in `personal` and is stored encrypted under their key. */
export type PersonalEvent<
  T extends string = string,
  D extends object = object,
  P extends object = object,
> = Event<T, D> & Readonly<{ personal: Personal<Readonly<P>> }>;

export type AnyEvent = Event & { readonly personal?: Personal<object> };
