import type { AnyEvent } from './event.ts';
import type { Decider } from './decider.ts';
import type { JsonObject } from './json.ts';
import type { Shredded } from './clear.ts';

/** An event as it is written: the type carries its version, `RecipientSubscribed.v1`. */
export type EncodedEvent = Readonly<{
  type: string;
  data: JsonObject;
  personal?: JsonObject;
}>;

/**
 * Joins stored shapes and domain shapes. `decode` accepts every version ever written, upcasts to the
 * latest, validates, and throws `UnknownEventType` or `TypeError` on what it cannot read.
 */
export type Codec<E> = Readonly<{
  /** Every stored type that `decode` accepts, old versions included. */
  storedTypes: readonly string[];
  encode: (event: E) => EncodedEvent;
  decode: (type: string, data: JsonObject, personal: JsonObject | Shredded | undefined) => E;
}>;

/** Everything one kind of stream is: its name, its decisions and its storage form. */
export type StreamDefinition<C, S, E extends AnyEvent, R> = Decider<C, S, E, R> &
  Readonly<{
    /** Streams are named `<category>-<key>`. */
    category: string;
    codec: Codec<E>;
    /** Whose data key encrypts the personal part; absent where no event of the stream has one. */
    subjectOf?: (key: string) => string;
  }>;

/** A stored type that no codec knows: the ledger was written by a newer version, or is damaged. */
export class UnknownEventType extends Error {
  readonly code = 'unknown-event-type';
  readonly storedType: string;

  constructor(storedType: string) {
    super(`No codec knows the stored event type ${storedType}.`);
    this.storedType = storedType;
    this.name = 'UnknownEventType';
  }
}

/** `recipient-rcp_…` -> category `recipient`, key `rcp_…`. Throws `TypeError` on a name without a dash. */
export const splitStreamName = (name: string): { category: string; key: string } => {
  const dash = name.indexOf('-');
  if (dash < 1) throw new TypeError('Not a stream name of the form category-key.');
  return { category: name.slice(0, dash), key: name.slice(dash + 1) };
};
