import type { DatabaseSync } from 'node:sqlite';
import { KeyringUnavailable } from '../port.ts';
import { keyringFailure } from './failure.ts';

type Waiting = { readonly work: () => void; readonly settle: (failure: Error | undefined) => void };

export type GroupCommit = Readonly<{
  /** Runs the work in a transaction shared with others; resolves once it is on the disk. */
  commit: <T>(work: () => T) => Promise<T>;
  /** Changes with every transaction of this or another process: what was read under it still holds. */
  stamp: () => string;
  /** Throws once a write failed in the operating system: what the file holds is not known any more. */
  assertUsable: () => void;
  /** Later work is refused; what waits is carried out first. */
  close: () => void;
}>;

/**
 * Work that arrives in one turn of the event loop shares one transaction and one wait for the disk.
 * `undone` is called when a transaction was rolled back: forget what was read in it.
 */
export const groupCommit = (
  database: DatabaseSync,
  path: string,
  undone: () => void,
): GroupCommit => {
  let waiting: Waiting[] = [];
  let broken: KeyringUnavailable | undefined;
  let transactions = 0;
  const dataVersion = database.prepare('PRAGMA data_version');

  const write = (group: readonly Waiting[]): void => {
    database.exec('BEGIN IMMEDIATE');
    try {
      for (const { work } of group) work();
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      undone();
      throw error;
    } finally {
      transactions += 1;
    }
  };

  const flush = (): void => {
    const group = waiting;
    waiting = [];
    if (group.length === 0) return;
    let failure: Error | undefined;
    try {
      write(group);
    } catch (error) {
      failure = keyringFailure(error, path);
      if (failure instanceof KeyringUnavailable && failure.code === 'io-error') broken = failure;
    }
    for (const { settle } of group) settle(failure);
  };

  const assertUsable = (): void => {
    if (broken !== undefined) throw broken;
  };

  return {
    assertUsable,
    stamp: () => `${Number(dataVersion.get()?.['data_version'])}.${transactions}`,
    commit: <T>(work: () => T) =>
      new Promise<T>((resolve, reject) => {
        assertUsable();
        let value: T;
        if (waiting.length === 0) setImmediate(flush);
        waiting.push({
          work: () => (value = work()),
          settle: (failure) => {
            if (failure === undefined) resolve(value);
            else reject(failure);
          },
        });
      }),
    close: () => {
      flush();
      broken ??= new KeyringUnavailable('closed', 'The keyring is closed.');
    },
  };
};
