import { createHash } from 'node:crypto';
import type { RecordedBytes } from '../port.ts';

export type TallyOfLog = Readonly<{
  events: number;
  streams: number;
  /** SHA-256 in hex over all events in their order: the same for the same events in the same order. */
  digest: string;
}>;

/** Counts events and streams, and digests them. */
export class Tally {
  readonly #hash = createHash('sha256');
  #events = 0;
  #streams = 0;

  add({ stream, revision, id, type, data, metadata, personal }: RecordedBytes): void {
    this.#events += 1;
    if (revision === 0) this.#streams += 1;
    // The lengths are part of it, so that no two events read the same one after the other.
    const length = personal?.length ?? -1;
    this.#hash.update(JSON.stringify([stream, revision, id, type, data, metadata, length]));
    if (personal !== undefined) this.#hash.update(personal);
  }

  get events(): number {
    return this.#events;
  }

  /** Only once: a digest is an end. */
  result(): TallyOfLog {
    return { events: this.#events, streams: this.#streams, digest: this.#hash.digest('hex') };
  }
}
