import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { LogIdentity } from '../port.ts';
import { hexToUuid } from './uuid-bytes.ts';

const FIND = 'SELECT ledger_id, log_id FROM identity';
/** Whoever is first decides, and all others read what that was. */
const INSERT =
  'INSERT INTO identity (id, ledger_id, log_id) VALUES (1, :ledgerId, :logId) ON CONFLICT DO NOTHING';
const FIRST_EVENT = 'SELECT hex(id) AS id FROM events ORDER BY position LIMIT 1';

/**
 * The identity of the log in this file, made durable where it has none. A log that was written before there
 * were identities is named after its first event, so that a backup from that time has the same name.
 */
export const identityOf = (database: DatabaseSync, ledgerId: string | undefined): LogIdentity => {
  const known = find(database);
  if (known !== undefined) return known;
  const first = database.prepare(FIRST_EVENT).get();
  const own = first === undefined ? randomUUID() : hexToUuid(String(first['id']));
  database.prepare(INSERT).run({ ledgerId: ledgerId ?? own, logId: own });
  const made = find(database);
  if (made === undefined) throw new Error('An identity was not kept.');
  return made;
};

const find = (database: DatabaseSync): LogIdentity | undefined => {
  const row = database.prepare(FIND).get();
  return row && { ledgerId: String(row['ledger_id']), logId: String(row['log_id']) };
};
