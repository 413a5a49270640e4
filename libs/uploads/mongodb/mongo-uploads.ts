import { randomUUID } from 'node:crypto';
import { MongoServerError, type Collection } from 'mongodb';
import { isDuplicateKey, type Mongo } from '#libs/mongodb/index';
import { Uploads, type StagedUpload, type UploadEntry } from '../port.ts';
import { openChunk } from '../sealed-chunks.ts';
import { sealStream } from '../sealed-stream.ts';
import { UploadFailure } from '../upload-failure.ts';
import { uploadName } from '../upload-name.ts';
import { PartWriter, uploadParts, type UploadParts } from './upload-parts.ts';

/**
 * A kept file stands under its name, and says at which place its parts are; a note has none. A staged file stands
 * under its place. What is left of an interruption is always staged, so that it is found and swept.
 */
type UploadDocument = {
  _id: string;
  name: string;
  changedAt: number;
  place?: string;
  parts?: number;
};

const UPLOADS = 'uploads';
/** What MongoDB answers when its disk is full (OutOfDiskSpace). */
const DISK_FULL = 14_031;

export type MongoUploadsOptions = Readonly<{
  /** Stays open. */
  mongo: Mongo;
  /** Milliseconds since 1970. */
  now?: () => number;
}>;

/** Uploads in collections that many machines share. Throws `MongoUnavailable` besides `UploadFailure`. */
export const mongoUploads = ({ mongo, now = Date.now }: MongoUploadsOptions): Uploads =>
  new MongoUploads(mongo, now);

class MongoUploads extends Uploads {
  readonly #mongo: Mongo;
  readonly #now: () => number;
  readonly #parts: UploadParts;

  constructor(mongo: Mongo, now: () => number) {
    super();
    this.#mongo = mongo;
    this.#now = now;
    this.#parts = uploadParts(mongo);
  }

  async stage(
    name: string,
    key: Uint8Array,
    bytes: AsyncIterable<Uint8Array>,
    limit: number,
  ): Promise<StagedUpload> {
    const place = `${uploadName(name)}.${randomUUID()}`;
    try {
      await this.#setAside(name, place);
      const writer = new PartWriter(async (part, sealed) => {
        await this.#parts.write(place, part, sealed);
        await this.#change(place, {});
      });
      const taken = await sealStream({ name, key, limit }, bytes, (sealed) => writer.add(sealed));
      await this.#change(place, { parts: await writer.end() });
      return { name, place, ...taken };
    } catch (error) {
      // Where the server is away this fails too: then it is swept in time, and the first error says more.
      await this.discard({ place }).catch(() => undefined);
      throw asFailure(error);
    }
  }

  async keep({ name, place }: Pick<StagedUpload, 'name' | 'place'>): Promise<void> {
    const staged = await this.#find(place);
    const before = await this.#find(uploadName(name));
    if (staged === undefined) {
      if (before?.place === place) return;
      throw new UploadFailure('upload-missing');
    }
    if (before?.place !== undefined && before.place !== place) {
      await this.#setAside(name, before.place);
    }
    if (await this.#pointTo(staged, before)) {
      await this.#ask((uploads) => uploads.deleteOne({ _id: place }));
      if (before?.place !== undefined) await this.discard({ place: before.place });
    } else {
      await this.keep({ name, place });
    }
  }

  async discard({ place }: Pick<StagedUpload, 'place'>): Promise<void> {
    const kept = await this.#find(place.split('.', 1)[0] ?? place);
    if (kept?.place !== place) await this.#parts.removeAll(place);
    await this.#ask((uploads) => uploads.deleteOne({ _id: place }));
  }

  async *read(name: string, key: Uint8Array): AsyncGenerator<Uint8Array, void> {
    const { place, parts } = (await this.#find(uploadName(name))) ?? {};
    if (place === undefined || parts === undefined) throw new UploadFailure('upload-missing');
    let index = 0;
    for (let part = 0; part < parts; part += 1) {
      const chunks = await this.#parts.read(place, part);
      if (chunks === undefined) throw new UploadFailure('upload-damaged');
      for (const [number, sealed] of chunks.entries()) {
        const isLast = part === parts - 1 && number === chunks.length - 1;
        yield openChunk(key, sealed, { file: name, index, isLast });
        index += 1;
      }
    }
  }

  async note(name: string): Promise<void> {
    const note = { _id: uploadName(name), name, changedAt: this.#now() };
    await this.#insertUnlessThere(note);
  }

  async remove(name: string): Promise<void> {
    const kept = await this.#find(uploadName(name));
    if (kept === undefined) return;
    if (kept.place !== undefined) await this.#setAside(name, kept.place);
    await this.#ask((uploads) => uploads.deleteOne({ _id: name }));
    if (kept.place !== undefined) await this.discard({ place: kept.place });
  }

  async list(): Promise<readonly UploadEntry[]> {
    const documents = await this.#ask((uploads) => uploads.find().toArray());
    return documents.map(({ _id, name, changedAt }) => ({
      name,
      staged: _id !== name,
      changedAt,
      place: _id,
    }));
  }

  /** False when somebody else was faster. */
  async #pointTo(
    { name, place: _place, _id: place, parts = 0 }: UploadDocument,
    before: UploadDocument | undefined,
  ): Promise<boolean> {
    const changedAt = this.#now();
    if (before === undefined) {
      return this.#insertUnlessThere({ _id: name, name, changedAt, place, parts });
    }
    const { matchedCount } = await this.#ask((uploads) =>
      uploads.updateOne(
        { _id: name, place: before.place ?? { $exists: false } },
        { $set: { place, parts, changedAt } },
      ),
    );
    return matchedCount === 1;
  }

  /** From now on the parts at the place, if any, are found by who sweeps, whatever becomes of the work. */
  async #setAside(name: string, place: string): Promise<void> {
    await this.#insertUnlessThere({ _id: place, name, changedAt: this.#now() });
  }

  async #insertUnlessThere(document: UploadDocument): Promise<boolean> {
    try {
      await this.#ask((uploads) => uploads.insertOne(document));
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async #change(place: string, change: Pick<UploadDocument, 'parts'>): Promise<void> {
    const { matchedCount } = await this.#ask((uploads) =>
      uploads.updateOne({ _id: place }, { $set: { ...change, changedAt: this.#now() } }),
    );
    // Swept meanwhile, as dead.
    if (matchedCount === 0) throw new UploadFailure('upload-missing');
  }

  async #find(id: string): Promise<UploadDocument | undefined> {
    return (await this.#ask((uploads) => uploads.findOne({ _id: id }))) ?? undefined;
  }

  #ask<T>(work: (uploads: Collection<UploadDocument>) => Promise<T>): Promise<T> {
    return this.#mongo.attempt((database) => work(database.collection<UploadDocument>(UPLOADS)));
  }
}

const asFailure = (error: unknown): unknown => {
  const cause = error instanceof Error ? error.cause : undefined;
  const isFull = cause instanceof MongoServerError && cause.code === DISK_FULL;
  return isFull ? new UploadFailure('disk-full', { cause: error }) : error;
};
