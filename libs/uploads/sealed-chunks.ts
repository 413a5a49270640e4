import { open, seal, SEAL_OVERHEAD } from '#libs/crypto/aead';
import { UploadFailure } from './upload-failure.ts';

/** Plain bytes in a chunk; all but the last are full. */
export const CHUNK_BYTES = 65_536;
export const SEALED_BYTES = CHUNK_BYTES + SEAL_OVERHEAD;

/** Where a chunk stands: its file, its number from 0, and whether it is the last. */
export type ChunkPlace = Readonly<{ file: string; index: number; isLast: boolean }>;

/**
 * What a chunk is bound to, so that chunks cannot be swapped, dropped or taken from another file. Source:
 * the STREAM construction, Hoang et al. 2015.
 */
const boundTo = ({ file, index, isLast }: ChunkPlace): Uint8Array =>
  Buffer.from(`upload:${file}:${String(index)}:${isLast ? 'last' : 'more'}`);

/** The chunk under the key, bound to its place. */
export const sealChunk = (key: Uint8Array, plain: Uint8Array, place: ChunkPlace): Uint8Array =>
  seal(key, plain, boundTo(place));

/** Throws `UploadFailure` when the chunk is not what was written at this place. */
export const openChunk = (key: Uint8Array, sealed: Uint8Array, place: ChunkPlace): Uint8Array => {
  const plain = open(key, sealed, boundTo(place));
  if (plain === undefined) throw new UploadFailure('upload-damaged');
  return plain;
};
