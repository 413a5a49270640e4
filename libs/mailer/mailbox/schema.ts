/** Times in milliseconds since 1970. `sealed` is the message's source, encrypted under its subject's key. */
export const MIGRATIONS = [
  `CREATE TABLE message (
     number     INTEGER PRIMARY KEY AUTOINCREMENT,
     id         TEXT NOT NULL UNIQUE,
     account    TEXT NOT NULL,
     subject    TEXT NOT NULL,
     arrived_at INTEGER NOT NULL,
     sealed     BLOB NOT NULL
   ) STRICT;
   CREATE INDEX message_by_subject ON message (account, subject);`,
];
