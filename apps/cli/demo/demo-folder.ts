import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandRefused } from '../refusal.ts';
import type { Made } from './made.ts';

/** What the demo must remember to find its own data again. */
export type DemoMemory = Readonly<{
  operatorKey: string;
  port: number;
  /** Milliseconds since 1970: the example's dates count back from here, so that a repeat says the same. */
  startedAt: number;
  /** Set once everything was done and checked. */
  made?: Made;
}>;

const FILE = 'demo.json';
const KEY_FILE = 'demo-api-key';
const OWNER_ONLY = 0o600;

/** The folder of the demo's data, with the two files of the demo itself. Keys are for the owner's eyes only. */
export class DemoFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  get keyFile(): string {
    return join(this.path, KEY_FILE);
  }

  get logFile(): string {
    return join(this.path, 'demo.log');
  }

  /** Undefined when no demo was run here. Throws `CommandRefused` for a file that is not the demo's. */
  async recall(): Promise<DemoMemory | undefined> {
    const text = await readFile(join(this.path, FILE), 'utf8').catch(unlessMissing);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text) as DemoMemory;
    } catch {
      throw new CommandRefused('demo-damaged', {
        fr: `Le fichier ${FILE} de ${this.path} est endommagé. Supprimez ce dossier pour recommencer la démonstration.`,
        en: `The file ${FILE} in ${this.path} is damaged. Remove that folder to begin the demo anew.`,
      });
    }
  }

  async remember(memory: DemoMemory): Promise<void> {
    await mkdir(this.path, { recursive: true });
    await this.#write(FILE, `${JSON.stringify(memory, null, 2)}\n`);
  }

  /** The account's key alone, so that a shell command can use it. */
  async keepKey(key: string): Promise<void> {
    await this.#write(KEY_FILE, key);
  }

  /** Whole or not at all: a stop in between must not lose the keys. */
  async #write(name: string, text: string): Promise<void> {
    const path = join(this.path, name);
    await writeFile(`${path}.new`, text, { mode: OWNER_ONLY });
    await chmod(`${path}.new`, OWNER_ONLY);
    await rename(`${path}.new`, path);
  }
}

export const newOperatorKey = (): string => randomBytes(24).toString('base64url');

const unlessMissing = (error: unknown): undefined => {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
};
