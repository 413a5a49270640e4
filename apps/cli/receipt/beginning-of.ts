import { open } from 'node:fs/promises';

/** At most so many bytes of a file, however long it is; undefined when it cannot be read. */
export const beginningOf = async (path: string, most: number): Promise<Buffer | undefined> => {
  try {
    const file = await open(path, 'r');
    try {
      const pieces: Buffer[] = [];
      for await (const piece of file.createReadStream({ end: most - 1, autoClose: false })) {
        pieces.push(piece as Buffer);
      }
      return Buffer.concat(pieces);
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
};
