import { statSync } from 'node:fs';
import { join } from 'node:path';
import { LEDGER_FILE } from '#libs/event-log/embedded/embedded-event-log';
import { EventLogUnavailable, type EventLog } from '#libs/event-log/port';
import { KeyringUnavailable, type Keyring } from '#libs/keyring/index';

/** True once anybody was recorded: an account has a key from its first event on. */
const holdsKeys = async (keyring: Keyring): Promise<boolean> =>
  (await keyring.madeBefore(Number.MAX_SAFE_INTEGER, undefined, 1)).length > 0;

/**
 * Refuses a ledger that is missing, or was cut to nothing, beside a keyring that knows people: opened, it
 * would pass for a new one, and whoever unsubscribed would be unknown. Call it before the ledger is
 * opened, since SQLite then throws away the write-ahead log of an empty file. Throws `EventLogUnavailable`.
 */
export const refuseLostLedger = async (directory: string, keyring: Keyring): Promise<void> => {
  // The keys first: who made them had made the file of the ledger before.
  if (!(await holdsKeys(keyring))) return;
  const path = join(directory, LEDGER_FILE);
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0) return;
  throw new EventLogUnavailable(
    'corrupt',
    `The ledger ${path} is missing or empty, but the keyring beside it has keys of people who were recorded. Restore the ledger from a backup; nothing was changed.`,
  );
};

/**
 * Refuses a keyring without any key beside a ledger that has events: nobody's data could be read, and
 * whoever unsubscribed would not be recognised. `place` says where the keyring is. Throws `KeyringUnavailable`.
 */
export const refuseLostKeyring = async (
  place: string,
  eventLog: EventLog,
  keyring: Keyring,
): Promise<void> => {
  // The ledger first: the keys of its events were made before them.
  if ((await eventLog.head()) === undefined || (await holdsKeys(keyring))) return;
  throw new KeyringUnavailable(
    'keyring-corrupt',
    `The keyring in ${place} has no keys, but the ledger has events that need them. Restore the keyring from its backup, or copy it to where the ledger went; the ledger was not changed.`,
  );
};
