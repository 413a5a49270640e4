import type { Collection } from 'mongodb';
import type { Mongo } from '#libs/mongodb/index';
import { SEALED_BYTES } from '../sealed-chunks.ts';

/** Several sealed chunks of a file, in order. The id is the place of the file and the number of the part. */
type PartDocument = { _id: string; sealed: Uint8Array };

/** A request for each chunk would take longer than the chunk: a mebibyte at once. */
const CHUNKS_IN_PART = 16;
const PARTS = 'uploads_parts';

export type UploadParts = Readonly<{
  /** Durable when resolved. */
  write: (place: string, part: number, sealed: Uint8Array) => Promise<void>;
  /** The sealed chunks of a part; undefined when it is not there. */
  read: (place: string, part: number) => Promise<readonly Uint8Array[] | undefined>;
  removeAll: (place: string) => Promise<void>;
}>;

/** In a collection beside that of the uploads. Throws `MongoUnavailable`. */
export const uploadParts = ({ attempt }: Mongo): UploadParts => {
  const ask = <T>(work: (parts: Collection<PartDocument>) => Promise<T>): Promise<T> =>
    attempt((database) => work(database.collection<PartDocument>(PARTS, { promoteBuffers: true })));
  return {
    write: async (place, part, sealed) => {
      await ask((parts) => parts.insertOne({ _id: `${place}/${String(part)}`, sealed }));
    },
    read: async (place, part) => {
      const found = await ask((parts) => parts.findOne({ _id: `${place}/${String(part)}` }));
      return found === null ? undefined : chunksOf(found.sealed);
    },
    removeAll: async (place) => {
      // All that begin with the place and a slash: a zero is what comes next after a slash.
      await ask((parts) => parts.deleteMany({ _id: { $gte: `${place}/`, $lt: `${place}0` } }));
    },
  };
};

const chunksOf = (sealed: Uint8Array): readonly Uint8Array[] =>
  Array.from({ length: Math.ceil(sealed.length / SEALED_BYTES) }, (_, index) =>
    sealed.subarray(index * SEALED_BYTES, (index + 1) * SEALED_BYTES),
  );

/** Gathers sealed chunks until there are enough for a part. */
export class PartWriter {
  readonly #write: (part: number, sealed: Uint8Array) => Promise<void>;
  #waiting: Uint8Array[] = [];
  #parts = 0;

  constructor(write: (part: number, sealed: Uint8Array) => Promise<void>) {
    this.#write = write;
  }

  async add(chunk: Uint8Array): Promise<void> {
    this.#waiting.push(chunk);
    if (this.#waiting.length === CHUNKS_IN_PART) await this.#flush();
  }

  /** Writes what is left; how many parts there are. */
  async end(): Promise<number> {
    if (this.#waiting.length > 0) await this.#flush();
    return this.#parts;
  }

  async #flush(): Promise<void> {
    const sealed = Buffer.concat(this.#waiting);
    this.#waiting = [];
    await this.#write(this.#parts, sealed);
    this.#parts += 1;
  }
}
