import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { openDatabase } from '#libs/sqlite/index';
import type { Lease, Leases } from '../port.ts';

export const LEASES_FILE = 'leases.sqlite';

/** Marks the file as a store of leases ("ATTS"), so that another database in its place is refused. */
const APPLICATION_ID = 0x41545453;

const migrations = [
  `CREATE TABLE lease (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    token INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
];

/** Nothing of a renewal has to outlive a power cut, which ends the holder as well: the token stays. */
const RENEW = `
  UPDATE lease SET expires_at = :now + :duration WHERE name = :name AND holder = :holder
  RETURNING token, expires_at`;

/** The one statement decides: free, expired, or the holder's own. A token outlives its lease. */
const ACQUIRE = `
  INSERT INTO lease (name, holder, token, expires_at) VALUES (:name, :holder, 1, :now + :duration)
  ON CONFLICT (name) DO UPDATE SET
    token = token + (holder <> excluded.holder),
    holder = excluded.holder,
    expires_at = excluded.expires_at
  WHERE holder = excluded.holder OR expires_at <= :now
  RETURNING token, expires_at`;

const RELEASE = `
  UPDATE lease SET holder = '', expires_at = 0
  WHERE name = :name AND holder = :holder AND token = :token`;

const IS_HELD = `
  SELECT 1 FROM lease WHERE name = :name AND holder <> '' AND expires_at > :now`;

/**
 * Leases in a SQLite file, for the processes of one machine. A holder's name must be its own for ever
 * (a process that starts anew is a new holder). Throws `DatabaseUnavailable`; its message can be shown.
 */
export const embeddedLeases = (options: { readonly directory: string }): Leases => {
  mkdirSync(options.directory, { recursive: true, mode: 0o700 });
  const open = (synchronous: 'FULL' | 'NORMAL'): DatabaseSync =>
    openDatabase(join(options.directory, LEASES_FILE), {
      migrations,
      applicationId: APPLICATION_ID,
      synchronous,
    });
  // A token that was handed out must not be handed out again after a power cut.
  const durable = open('FULL');
  const passing = open('NORMAL');
  const acquire = durable.prepare(ACQUIRE);
  const renew = passing.prepare(RENEW);
  const release = passing.prepare(RELEASE);
  const isHeld = passing.prepare(IS_HELD);
  return {
    acquire: async (name, holder, now, duration): Promise<Lease | undefined> => {
      if (holder === '') throw new TypeError('A holder needs a name.');
      const asked = { name, holder, now, duration };
      const row = renew.get(asked) ?? acquire.get(asked);
      if (row === undefined) return undefined;
      return { name, holder, token: Number(row['token']), expiresAt: Number(row['expires_at']) };
    },
    isHeld: async (name, now) => isHeld.get({ name, now }) !== undefined,
    release: async ({ name, holder, token }) => {
      release.run({ name, holder, token });
    },
    close: async () => {
      for (const database of [passing, durable]) if (database.isOpen) database.close();
    },
  };
};
