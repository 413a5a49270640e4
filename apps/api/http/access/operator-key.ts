import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { secretFrom } from './api-key-format.ts';

const FILE = 'operator-key.sha256';
const MINIMUM = 8;

const hashOf = (key: string): Buffer => createHash('sha256').update(key).digest();

/** Checks the operator's key; holds its hash only. */
export class OperatorKey {
  readonly #hash: Buffer;

  constructor(hash: Uint8Array) {
    this.#hash = Buffer.from(hash);
  }

  matches(key: string): boolean {
    return timingSafeEqual(hashOf(key), this.#hash);
  }
}

/**
 * The key of this start. `made` is there when there was none before: print it, since only its hash is kept,
 * or `undo` it when the start fails and nobody will see it.
 */
export type OperatorKeyFound = Readonly<{
  key: OperatorKey;
  made?: string;
  undo?: () => Promise<void>;
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

/** The key of a data directory, made at the first start. Only its hash is written, readable by the owner. */
export const operatorKeyOf = async (dataDirectory: string): Promise<OperatorKeyFound> => {
  const file = path.join(dataDirectory, FILE);
  const kept = await readKept(file);
  if (kept !== undefined) return { key: new OperatorKey(kept) };
  const made = `attop_${secretFrom(randomBytes(32))}`;
  await mkdir(dataDirectory, { recursive: true });
  const won = await writeNew(file, hashOf(made).toString('hex'));
  if (!won) return operatorKeyOf(dataDirectory);
  return { key: new OperatorKey(hashOf(made)), made, undo: () => rm(file, { force: true }) };
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
