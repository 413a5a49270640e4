import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { classifySqliteError, databaseUnavailable, openDatabase } from '#libs/sqlite/index';
import {
  ABANDONED_AFTER,
  FORGOTTEN_AFTER,
  type Claim,
  type ClaimOutcome,
  type RequestStore,
} from '../port.ts';

export const REQUESTS_FILE = 'requests.sqlite';

const SCHEMA = `
  CREATE TABLE request (
    command_id TEXT PRIMARY KEY,
    fingerprint BLOB NOT NULL,
    claimed_at INTEGER NOT NULL,
    subject TEXT,
    answer BLOB
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX request_by_age ON request (claimed_at);
`;

const CLAIMS_BETWEEN_SWEEPS = 1_000;

type Row = {
  fingerprint: Uint8Array;
  claimed_at: number;
  subject: string | null;
  answer: Uint8Array | null;
};

/** Keeps requests in a SQLite file that several processes may share. Throws `DatabaseUnavailable`. */
export const embeddedRequestStore = (options: { readonly directory: string }): RequestStore => {
  mkdirSync(options.directory, { recursive: true, mode: 0o700 });
  const path = join(options.directory, REQUESTS_FILE);
  const database = openDatabase(path, {
    migrations: [SCHEMA],
    // A power cut may forget the last answers; the ledger recognises the commands all the same.
    synchronous: 'NORMAL',
    secureDelete: true,
  });
  const insert = database.prepare(
    'INSERT INTO request (command_id, fingerprint, claimed_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const find = database.prepare(
    'SELECT fingerprint, claimed_at, subject, answer FROM request WHERE command_id = ?',
  );
  const takeOver = database.prepare(
    'UPDATE request SET claimed_at = ? WHERE command_id = ? AND claimed_at = ? AND answer IS NULL',
  );
  const answer = database.prepare(
    'UPDATE request SET subject = ?, answer = ? WHERE command_id = ?',
  );
  const remove = database.prepare(
    'DELETE FROM request WHERE command_id = ? AND claimed_at = ? AND answer IS NULL',
  );
  const forget = database.prepare('DELETE FROM request WHERE claimed_at < ?');
  let claims = 0;

  const claimAgain = ({ commandId, fingerprint, now }: Claim): ClaimOutcome => {
    const row = find.get(commandId) as Row | undefined;
    if (row === undefined) return { outcome: 'in-progress' };
    if (!Buffer.from(fingerprint).equals(row.fingerprint)) return { outcome: 'reused' };
    if (row.answer !== null && row.subject !== null) {
      return { outcome: 'answered', answer: { subject: row.subject, cipher: row.answer } };
    }
    if (now - row.claimed_at < ABANDONED_AFTER) return { outcome: 'in-progress' };
    const taken = takeOver.run(now, commandId, row.claimed_at).changes;
    return { outcome: taken === 1 ? 'claimed' : 'in-progress' };
  };

  const write = <T>(statement: () => T): T => {
    try {
      return statement();
    } catch (error) {
      const failure = classifySqliteError(error);
      if (failure === undefined || failure === 'busy') throw error;
      throw databaseUnavailable(failure, path, error);
    }
  };

  return {
    claim: async (claim) =>
      write(() => {
        claims += 1;
        if (claims % CLAIMS_BETWEEN_SWEEPS === 1) forget.run(claim.now - FORGOTTEN_AFTER);
        const made = insert.run(claim.commandId, claim.fingerprint, claim.now).changes;
        return made === 1 ? { outcome: 'claimed' } : claimAgain(claim);
      }),
    keep: async (commandId, { subject, cipher }) => {
      write(() => answer.run(subject, cipher, commandId));
    },
    release: async ({ commandId, now }) => {
      write(() => remove.run(commandId, now));
    },
    close: async () => {
      if (database.isOpen) database.close();
    },
  };
};
