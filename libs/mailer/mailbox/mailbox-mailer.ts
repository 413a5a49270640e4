import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { AccountId } from '#domain/kernel/index';
import { databaseUnavailable, emptyWriteAheadLog, openDatabase } from '#libs/sqlite/index';
import type { DeliveryOutcome, OutgoingMessage } from '../port.ts';
import type { MailboxEntry, MailboxMailer, MailboxMessage, SubjectSeal } from './port.ts';
import { headOf, readMessage } from './read-message.ts';
import { MIGRATIONS } from './schema.ts';

export type MailboxOptions = Readonly<{
  /** Where `mailbox.sqlite` is kept; made when it is not there. */
  directory: string;
  seal: SubjectSeal;
  /** Milliseconds since 1970. */
  now?: () => number;
}>;

type Row = Readonly<{
  number: number;
  id: string;
  account: string;
  subject: string;
  arrived_at: number;
  sealed: Uint8Array;
}>;
type Opened = Readonly<{ row: Row; source: Uint8Array | undefined }>;

const SCRUB_PAGE = 500;

const placeOf = (row: Row): Pick<MailboxEntry, 'id' | 'number' | 'accountId' | 'arrivedAt'> => ({
  id: row.id,
  number: row.number,
  accountId: AccountId.parse(row.account),
  arrivedAt: new Date(row.arrived_at),
});

const statementsOf = (database: DatabaseSync) => ({
  insert: database.prepare(
    'INSERT INTO message (id, account, subject, arrived_at, sealed) VALUES (?, ?, ?, ?, ?)',
  ),
  list: database.prepare(
    'SELECT * FROM message WHERE number < ? AND (? IS NULL OR account = ?) ORDER BY number DESC LIMIT ?',
  ),
  one: database.prepare('SELECT * FROM message WHERE id = ?'),
  remove: database.prepare('DELETE FROM message WHERE number = ?'),
});

/** Beside servers, which keep everything else, nobody else may have made it. */
const makeFolder = (directory: string, path: string): void => {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw databaseUnavailable('cannot-open', path, error);
  }
};

/**
 * Takes mail into `mailbox.sqlite` instead of sending it, each message encrypted under its subject's key.
 * Several processes may use one file. Throws `DatabaseUnavailable` when the file cannot be used.
 */
export const mailboxMailer = (options: MailboxOptions): MailboxMailer => {
  const { directory, seal, now = Date.now } = options;
  const path = join(directory, 'mailbox.sqlite');
  makeFolder(directory, path);
  const database = openDatabase(path, {
    migrations: MIGRATIONS,
    synchronous: 'NORMAL',
    secureDelete: true,
  });
  const statements = statementsOf(database);

  const open = async (rows: readonly Row[]): Promise<readonly Opened[]> => {
    const sources = await seal.open(
      rows.map((row) => ({
        subject: { accountId: AccountId.parse(row.account), subject: row.subject },
        bytes: row.sealed,
        place: Buffer.from(row.id),
      })),
    );
    return rows.map((row, index) => ({ row, source: sources[index] }));
  };

  const page = (before: number, limit: number, accountId?: AccountId): readonly Row[] => {
    const account = accountId ?? null;
    return statements.list.all(before, account, account, limit) as Row[];
  };

  const send = async (message: OutgoingMessage): Promise<DeliveryOutcome> => {
    const id = randomUUID();
    const sealed = await seal.seal(message.subject, message.source, Buffer.from(id));
    const { accountId, subject } = message.subject;
    statements.insert.run(id, accountId, subject, now(), sealed);
    return { status: 'accepted', reply: '250 2.0.0' };
  };

  const list: MailboxMailer['list'] = async ({ limit, before, accountId }) => {
    const opened = await open(page(before ?? Number.MAX_SAFE_INTEGER, limit, accountId));
    const entries: MailboxEntry[] = [];
    for (const { row, source } of opened) {
      if (source === undefined) continue;
      const { from, to, subject } = await readMessage(placeOf(row), headOf(source));
      entries.push({ ...placeOf(row), from, to, subject });
    }
    return entries;
  };

  const read = async (id: string): Promise<MailboxMessage | undefined> => {
    const row = statements.one.get(id) as Row | undefined;
    if (row === undefined) return undefined;
    const [opened] = await open([row]);
    return opened?.source === undefined ? undefined : readMessage(placeOf(row), opened.source);
  };

  const scrub = async (): Promise<void> => {
    let rows = page(Number.MAX_SAFE_INTEGER, SCRUB_PAGE);
    while (rows.length > 0) {
      for (const { row, source } of await open(rows)) {
        if (source === undefined) statements.remove.run(row.number);
      }
      rows = page(rows.at(-1)?.number ?? 0, SCRUB_PAGE);
    }
    // The write-ahead log still holds what was overwritten.
    if (!(await emptyWriteAheadLog(database))) {
      throw new Error('The mailbox could not be scrubbed: other processes keep reading it.');
    }
  };

  return {
    send,
    list,
    read,
    scrub,
    concurrency: 32,
    close: async () => {
      database.close();
    },
  };
};
