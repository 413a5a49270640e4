import { createHash } from 'node:crypto';
import { CHUNK_BYTES, sealChunk } from './sealed-chunks.ts';
import { UploadFailure } from './upload-failure.ts';

export type Taken = Readonly<{ bytes: number; digest: string }>;

/**
 * The bytes as sealed chunks, in order; `write` is given each. Resolves with what there was. Throws
 * `UploadFailure` (`body-too-large`) at more than `limit` bytes.
 */
export const sealStream = async (
  { name, key, limit }: Readonly<{ name: string; key: Uint8Array; limit: number }>,
  bytes: AsyncIterable<Uint8Array>,
  write: (sealed: Uint8Array) => Promise<void>,
): Promise<Taken> => {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(CHUNK_BYTES);
  let [filled, index, total] = [0, 0, 0];
  const writeChunk = async (isLast: boolean): Promise<void> => {
    await write(sealChunk(key, chunk.subarray(0, filled), { file: name, index, isLast }));
    index += 1;
    filled = 0;
  };
  for await (const piece of limited(bytes, limit)) {
    hash.update(piece);
    total += piece.length;
    for (let start = 0; start < piece.length;) {
      // Only when more comes is it known that a full chunk is not the last.
      if (filled === CHUNK_BYTES) await writeChunk(false);
      const part = piece.subarray(start, start + CHUNK_BYTES - filled);
      chunk.set(part, filled);
      filled += part.length;
      start += part.length;
    }
  }
  await writeChunk(true);
  chunk.fill(0);
  return { bytes: total, digest: hash.digest('hex') };
};

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
