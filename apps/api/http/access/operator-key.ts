import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { secretFrom } from './api-key-format.ts';

const FILE = 'operator-key.sha256';
const MINIMUM = 8;

const hashOf = (key: string): Buffer => createHash('sha256').update(key).digest();

/** Checks the operator's key; holds its hash only. */
export class OperatorKey {
  #hash: Buffer | undefined;

  /** Without a hash nothing matches until there is one. */
  constructor(hash?: Uint8Array) {
    if (hash !== undefined) this.become(hash);
  }

  become(hash: Uint8Array): void {
    this.#hash = Buffer.from(hash);
  }

  matches(key: string): boolean {
    return this.#hash !== undefined && timingSafeEqual(hashOf(key), this.#hash);
  }
}

/** The key of a start, and what is to be done about it once the start has succeeded. */
export type OperatorKeyFound = Readonly<{
  key: OperatorKey;
  /** Makes the key where nobody has made one, and answers it then: show it, since only its hash is kept. */
  settle: () => Promise<string | undefined>;
}>;

/** The key that `ATTESTA_OPERATOR_KEY` gives. Throws `TypeError` when it could be guessed. */
export const operatorKeyFrom = (given: string): OperatorKey => {
  if (given.length < MINIMUM) {
    throw new TypeError(
      `ATTESTA_OPERATOR_KEY is too short: give at least ${String(MINIMUM)} characters that nobody can guess.`,
    );
  }
  return new OperatorKey(hashOf(given));
};

/**
 * The key of a data directory. It is made late, by `settle`: a start that fails after it would leave another
 * process with a key that nobody was shown.
 */
export const operatorKeyOf = async (dataDirectory: string): Promise<OperatorKeyFound> => {
  const file = path.join(dataDirectory, FILE);
  const key = new OperatorKey(await readKept(file));
  return { key, settle: () => settle(file, key) };
};

const settle = async (file: string, key: OperatorKey): Promise<string | undefined> => {
  const kept = await readKept(file);
  if (kept !== undefined) {
    key.become(kept);
    return undefined;
  }
  const made = `attop_${secretFrom(randomBytes(32))}`;
  await mkdir(path.dirname(file), { recursive: true });
  if (!(await writeNew(file, hashOf(made).toString('hex')))) return settle(file, key);
  key.become(hashOf(made));
  return made;
};

const readKept = async (file: string): Promise<Buffer | undefined> => {
  try {
    const text = (await readFile(file, 'utf8')).trim();
    if (!/^[0-9a-f]{64}$/.test(text)) {
      throw new Error(`The file ${file} is damaged. Remove it to have a new operator key made.`);
    }
    return Buffer.from(text, 'hex');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
};

/**
 * False when another process made the file first. Written beside and linked into place, so that a crash
 * leaves no half-written hash that would lock the operator out.
 */
const writeNew = async (file: string, text: string): Promise<boolean> => {
  const beside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await writeDurably(beside, `${text}\n`);
    await link(beside, file);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(beside, { force: true });
  }
};

const writeDurably = async (file: string, text: string): Promise<void> => {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const isCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;
