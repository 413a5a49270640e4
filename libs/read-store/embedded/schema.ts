/**
 * One row a generation of a read model. Its documents are in the table `documents_<id>`; array elements
 * that an index asks for are in `elements_<id>_<n>`. The checkpoint is written in the transaction of the
 * documents, so it can be neither ahead of them nor behind. A generation with a file of its own has a row
 * there as well: `serving` counts in the file of all, `checkpoint`, `prepared` and `rewritten` in its own.
 */
export const migrations: readonly string[] = [
  `CREATE TABLE generations (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     model TEXT NOT NULL,
     version INTEGER NOT NULL,
     indexes TEXT NOT NULL,
     checkpoint TEXT,
     serving INTEGER NOT NULL DEFAULT 0,
     prepared INTEGER NOT NULL DEFAULT 0
   );
   CREATE UNIQUE INDEX one_serves ON generations (model, version) WHERE serving = 1;`,
  // How many batches since the last scrub have overwritten or deleted something that was stored.
  'ALTER TABLE generations ADD COLUMN rewritten INTEGER NOT NULL DEFAULT 0;',
  // The log that they were made from, in the file of all.
  'CREATE TABLE log (id INTEGER PRIMARY KEY CHECK (id = 1), log_id TEXT NOT NULL) STRICT;',
];
