import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { EventLogUnavailable, type LogIdentity } from '../port.ts';
import { hexToUuid } from './uuid-bytes.ts';

const FIND = 'SELECT ledger_id, log_id, copying FROM identity';
/** Whoever is first decides, and all others read what that was. */
const INSERT = `
  INSERT INTO identity (id, ledger_id, log_id, copying) VALUES (1, :ledgerId, :logId, :copying)
  ON CONFLICT DO NOTHING`;
const FIRST_EVENT = 'SELECT hex(id) AS id FROM events ORDER BY position LIMIT 1';

/**
 * The identity of the log in this file, made durable where it has none. A log that was written before there
 * were identities is named after its first event, so that a backup from that time has the same name. With a
 * ledger's id a new log begins as the copy of another one, and is refused without it until `completeCopy`.
 * Throws `EventLogUnavailable`.
 */
export const identityOf = (
  database: DatabaseSync,
  path: string,
  ledgerId: string | undefined,
): LogIdentity => {
  const known = find(database) ?? make(database, ledgerId);
  if (known.copying && ledgerId === undefined) throw interrupted(path);
  return { ledgerId: known.ledgerId, logId: known.logId };
};

const make = (database: DatabaseSync, ledgerId: string | undefined): Known => {
  const first = database.prepare(FIRST_EVENT).get();
  const own = first === undefined ? randomUUID() : hexToUuid(String(first['id']));
  // A log with events in it is no new one.
  const copying = first === undefined && ledgerId !== undefined;
  const identity = { ledgerId: copying ? ledgerId : own, logId: own, copying: Number(copying) };
  database.prepare(INSERT).run(identity);
  const made = find(database);
  if (made === undefined) throw new Error('An identity was not kept.');
  return made;
};

type Known = LogIdentity & Readonly<{ copying: boolean }>;

const find = (database: DatabaseSync): Known | undefined => {
  const row = database.prepare(FIND).get();
  return (
    row && {
      ledgerId: String(row['ledger_id']),
      logId: String(row['log_id']),
      copying: row['copying'] === 1,
    }
  );
};

const interrupted = (path: string): EventLogUnavailable =>
  new EventLogUnavailable(
    'half-created',
    `The ledger ${path} is a copy that was interrupted, so it ends too early. Run attesta ledger copy again until it says that all is copied, or delete that file and begin anew.`,
  );
