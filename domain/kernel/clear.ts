/**
 * Personal data in clear. The value prints as `[personal]` in logs, errors and JSON; only an explicit
 * `reveal()` gives it back, so each place that handles a person's data can be found by searching for it.
 */
export class Clear<T> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** The personal value itself. Never pass it to a log, an error text, a metric or a URL. */
  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return '[personal]';
  }

  toJSON(): string {
    return '[personal]';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[personal]';
  }
}

export const clear = <T>(value: T): Clear<T> => new Clear(value);

/** The personal part of an event whose key was destroyed: nobody can read it any more. */
export type Shredded = 'shredded';
export const SHREDDED: Shredded = 'shredded';

/** The personal part of a decoded event. */
export type Personal<P> = Clear<P> | Shredded;

export const isShredded = <P>(personal: Personal<P>): personal is Shredded => personal === SHREDDED;
