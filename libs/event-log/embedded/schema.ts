/** Steps from one version of the file to the next; append, never edit. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE categories (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;

  CREATE TABLE streams (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;

  -- Rows are never changed or deleted, so positions grow in the order of commits, over all processes.
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream   INTEGER NOT NULL REFERENCES streams,
    revision INTEGER NOT NULL,
    category INTEGER NOT NULL REFERENCES categories,
    type     TEXT NOT NULL,
    id       BLOB NOT NULL,
    data     TEXT NOT NULL,
    metadata TEXT NOT NULL,
    personal BLOB
  ) STRICT;

  CREATE UNIQUE INDEX events_by_stream ON events (stream, revision);

  -- Ends in the position, as every index does: one category in order, without the others.
  CREATE INDEX events_by_category ON events (category);
  `,
  `
  CREATE TABLE identity (
    id        INTEGER PRIMARY KEY CHECK (id = 1),
    ledger_id TEXT NOT NULL,
    log_id    TEXT NOT NULL
  ) STRICT;
  `,
  // 1 while another log is being copied into this one.
  'ALTER TABLE identity ADD COLUMN copying INTEGER NOT NULL DEFAULT 0;',
];
