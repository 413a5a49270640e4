import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isShredded, type AnyEvent } from '#domain/kernel/index';
import { embeddedEventLog } from '#libs/event-log/embedded/embedded-event-log';
import { embeddedKeyring, KEYRING_FILE } from '#libs/keyring/embedded/index';
import { openLedger } from '../open-ledger.ts';
import type { StreamFormat } from '../port.ts';
import { notebookStream } from './notebook.ts';

const DOOMED = 'doomed ';

/** The key of a stream whose data key is going to be destroyed. */
export const doomed = (name: string): string => `${DOOMED}${name}`;
export const noteFact = (key: string, revision: number): string => `note ${key} ${revision}`;
export const destroyedFact = (key: string, sealed: string): string => `gone ${sealed} ${key}`;

/** Which of the promises that the writer makes are kept by what is in a data directory. */
class KeptPromises extends Set<string> {
  readonly #keyringBytes: string;

  constructor(notes: Iterable<string>, keyringBytes: string) {
    super(notes);
    this.#keyringBytes = keyringBytes;
  }

  override has(fact: string): boolean {
    const sealed = /^gone ([0-9A-F]+) /.exec(fact)?.[1]?.toLowerCase();
    return sealed === undefined ? super.has(fact) : !this.#keyringBytes.includes(sealed);
  }
}

const hexOfKeyring = (directory: string): string =>
  readdirSync(directory)
    .filter((name) => name.startsWith(KEYRING_FILE))
    .map((name) => readFileSync(join(directory, name)).toString('hex'))
    .join(' ');

/**
 * Reads everything. Throws when a file cannot be used, and when a stored event has a personal part whose
 * key is not there although nobody destroyed it.
 */
export const keptPromises = async (directory: string): Promise<ReadonlySet<string>> => {
  // Before SQLite tidies up: what a thief of the disk would find.
  const keyringBytes = hexOfKeyring(directory);
  const eventLog = await embeddedEventLog({ directory, onFatal: () => undefined });
  const keyring = embeddedKeyring({ directory });
  try {
    const formats = [notebookStream as unknown as StreamFormat<AnyEvent>];
    const all = await openLedger({ eventLog, keyring }).readAll({ limit: 10_000, formats });
    const notes = all.map(({ event, stream, revision }) => {
      const key = stream.slice('notebook-'.length);
      if (event.personal === undefined)
        throw new Error(`Event ${revision} of ${stream} lost a part.`);
      if (isShredded(event.personal) && !key.startsWith(DOOMED)) {
        throw new Error(`Event ${revision} of ${stream} is stored, and its key is not.`);
      }
      return noteFact(key, revision);
    });
    return new KeptPromises(notes, keyringBytes);
  } finally {
    await keyring.close();
    await eventLog.close();
  }
};
