import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { CHUNK_BYTES, openChunk, SEALED_BYTES, sealChunk } from './sealed-chunks.ts';
import { asFailure, unlessMissing, UploadFailure } from './upload-failure.ts';

const STAGED = '.part';
const isName = (name: string): boolean => /^[a-z0-9_]{1,64}$/.test(name);

/** A file taken in whole, which nobody has claimed yet. */
export type StagedUpload = Readonly<{
  /** What it is to be kept as. */
  name: string;
  path: string;
  bytes: number;
  /** SHA-256 of the plain bytes, in hex. Tells two uploads apart; never stored. */
  digest: string;
}>;

/** A file in the folder, whoever it belongs to. */
export type UploadEntry = Readonly<{
  name: string;
  staged: boolean;
  changedAt: number;
  path: string;
}>;

/**
 * Uploaded files, encrypted chunk by chunk under a key that the caller holds: without the key they are
 * noise. Neither direction holds more than a chunk in memory.
 */
export class Uploads {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /**
   * Takes in a file, durable when resolved. It counts only once `keep` was called. Throws `UploadFailure`
   * (`disk-full`, `body-too-large`); then nothing of it is left.
   */
  async stage(
    name: string,
    key: Uint8Array,
    bytes: AsyncIterable<Uint8Array>,
    limit: number,
  ): Promise<StagedUpload> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    const path = `${this.#pathOf(name)}.${randomUUID()}${STAGED}`;
    try {
      const file = await open(path, 'wx', 0o600);
      try {
        const taken = await writeSealed(file, name, key, limited(bytes, limit));
        await file.sync();
        return { name, path, ...taken };
      } finally {
        await file.close();
      }
    } catch (error) {
      await rm(path, { force: true });
      throw asFailure(error);
    }
  }

  /** From now on the file is there under its name, durably; one kept earlier under it is replaced. */
  async keep({ name, path }: StagedUpload): Promise<void> {
    await rename(path, this.#pathOf(name));
    await this.#syncDirectory();
  }

  /** Forgets a staged file; nothing happens when it was kept. */
  async discard({ path }: Pick<StagedUpload, 'path'>): Promise<void> {
    await rm(path, { force: true });
  }

  /** The plain bytes of a kept file. Throws `UploadFailure` (`upload-missing`, `upload-damaged`). */
  async *read(name: string, key: Uint8Array): AsyncGenerator<Uint8Array, void> {
    const file = await open(this.#pathOf(name), 'r').catch((error: unknown) => {
      throw asFailure(error);
    });
    try {
      yield* readSealed(file, name, key);
    } finally {
      await file.close();
    }
  }

  /** Leaves a note, durably: an empty file that says by its name that work waits. `remove` takes it away. */
  async note(name: string): Promise<void> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    const file = await open(this.#pathOf(name), 'a', 0o600).catch((error: unknown) => {
      throw asFailure(error);
    });
    await file.close();
    await this.#syncDirectory();
  }

  async remove(name: string): Promise<void> {
    await rm(this.#pathOf(name), { force: true });
    await this.#syncDirectory();
  }

  /** Everything in the folder, staged files too. */
  async list(): Promise<readonly UploadEntry[]> {
    const names = (await readdir(this.#directory).catch(unlessMissing)) ?? [];
    const entries = await Promise.all(names.map((each) => this.#entry(each)));
    return entries.filter((entry) => entry !== undefined);
  }

  async #entry(fileName: string): Promise<UploadEntry | undefined> {
    const path = join(this.#directory, fileName);
    const found = await stat(path).catch(unlessMissing);
    if (found === undefined) return undefined;
    const name = fileName.split('.', 1)[0] ?? fileName;
    return { name, staged: fileName.endsWith(STAGED), changedAt: found.mtimeMs, path };
  }

  #pathOf(name: string): string {
    if (!isName(name)) throw new TypeError('An upload is named by an id.');
    return join(this.#directory, name);
  }

  async #syncDirectory(): Promise<void> {
    const directory = await open(this.#directory, 'r').catch(unlessMissing);
    await directory?.sync();
    await directory?.close();
  }
}

async function* limited(
  bytes: AsyncIterable<Uint8Array>,
  limit: number,
): AsyncGenerator<Uint8Array, void> {
  let taken = 0;
  for await (const piece of bytes) {
    taken += piece.length;
    if (taken > limit) throw new UploadFailure('body-too-large');
    yield piece;
  }
}

const writeSealed = async (
  file: FileHandle,
  name: string,
  key: Uint8Array,
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ bytes: number; digest: string }> => {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(CHUNK_BYTES);
  let [filled, index, total] = [0, 0, 0];
  const write = async (isLast: boolean): Promise<void> => {
    await file.writeFile(sealChunk(key, chunk.subarray(0, filled), { file: name, index, isLast }));
    index += 1;
    filled = 0;
  };
  for await (const piece of bytes) {
    hash.update(piece);
    total += piece.length;
    for (let start = 0; start < piece.length;) {
      // Only when more comes is it known that a full chunk is not the last.
      if (filled === CHUNK_BYTES) await write(false);
      const part = piece.subarray(start, start + CHUNK_BYTES - filled);
      chunk.set(part, filled);
      filled += part.length;
      start += part.length;
    }
  }
  await write(true);
  chunk.fill(0);
  return { bytes: total, digest: hash.digest('hex') };
};

async function* readSealed(
  file: FileHandle,
  name: string,
  key: Uint8Array,
): AsyncGenerator<Uint8Array, void> {
  const { size } = await file.stat();
  const sealed = Buffer.alloc(SEALED_BYTES);
  for (let index = 0, at = 0; index === 0 || at < size; index += 1) {
    const { bytesRead } = await file.read(sealed, 0, SEALED_BYTES, at);
    at += bytesRead;
    yield openChunk(key, sealed.subarray(0, bytesRead), { file: name, index, isLast: at >= size });
  }
}
