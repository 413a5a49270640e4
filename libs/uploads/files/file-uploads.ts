import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Uploads, type StagedUpload, type UploadEntry } from '../port.ts';
import { openChunk, SEALED_BYTES } from '../sealed-chunks.ts';
import { sealStream } from '../sealed-stream.ts';
import { asFailure, unlessMissing } from '../upload-failure.ts';
import { uploadName } from '../upload-name.ts';

const STAGED = '.part';

/** Uploads in a folder, for the processes of one machine. It is made when it is needed. */
export const fileUploads = (options: { readonly directory: string }): Uploads =>
  new FileUploads(options.directory);

class FileUploads extends Uploads {
  readonly #directory: string;

  constructor(directory: string) {
    super();
    this.#directory = directory;
  }

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
        const taken = await sealStream({ name, key, limit }, bytes, (sealed) =>
          file.writeFile(sealed),
        );
        await file.sync();
        return { name, place: path, ...taken };
      } finally {
        await file.close();
      }
    } catch (error) {
      await rm(path, { force: true });
      throw asFailure(error);
    }
  }

  async keep({ name, place }: Pick<StagedUpload, 'name' | 'place'>): Promise<void> {
    await rename(place, this.#pathOf(name)).catch((error: unknown) => {
      throw asFailure(error);
    });
    await this.#syncDirectory();
  }

  async discard({ place }: Pick<StagedUpload, 'place'>): Promise<void> {
    await rm(place, { force: true });
  }

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
    return { name, staged: fileName.endsWith(STAGED), changedAt: found.mtimeMs, place: path };
  }

  #pathOf(name: string): string {
    return join(this.#directory, uploadName(name));
  }

  async #syncDirectory(): Promise<void> {
    const directory = await open(this.#directory, 'r').catch(unlessMissing);
    await directory?.sync();
    await directory?.close();
  }
}

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
