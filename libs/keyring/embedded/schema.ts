/**
 * A person's key stands in a row that never moves: rows are only added at the end, and a destroyed key
 * is overwritten with zeros in its place. `sealed` is the key's id and the wrapped key. Tables in order of the subject would move
 * rows about as they grow and leave copies of keys behind in the free parts of pages.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE root (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    fingerprint TEXT NOT NULL
  ) STRICT;
  CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    account TEXT NOT NULL UNIQUE,
    wrapped BLOB NOT NULL
  ) STRICT;
  CREATE TABLE data_key (
    id INTEGER PRIMARY KEY,
    account INTEGER NOT NULL,
    made INTEGER NOT NULL,
    subject BLOB NOT NULL,
    sealed BLOB NOT NULL
  ) STRICT;
  CREATE INDEX data_key_by_subject ON data_key (account, subject);
  `,
  // One key of an account is in force; of those before it the private half is overwritten with zeros.
  `
  CREATE TABLE signing_key (
    id INTEGER PRIMARY KEY,
    account INTEGER NOT NULL,
    made INTEGER NOT NULL,
    retired INTEGER,
    public BLOB NOT NULL,
    sealed BLOB NOT NULL
  ) STRICT;
  CREATE INDEX signing_key_by_account ON signing_key (account);
  CREATE UNIQUE INDEX signing_key_in_force ON signing_key (account) WHERE retired IS NULL;
  `,
  `
  CREATE TABLE ledger (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    ledger_id TEXT NOT NULL
  ) STRICT;
  `,
];
