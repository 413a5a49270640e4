import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { extname } from 'node:path';
import { importStream } from '#domain/import/index';
import { clear, ImportId, instantOf, type AccountId, type JsonObject } from '#domain/kernel/index';
import type { Engines } from '#apps/composition/index';
import { handle } from '#libs/commands/index';
import { newId } from '#libs/ledger/index';
import { inspectTable, type Table, type TableFormat } from '#libs/tabular/index';
import { CommandRefused } from '../refusal.ts';

const FORMATS: Readonly<Record<string, TableFormat>> = {
  '.tsv': 'tsv',
  '.tab': 'tsv',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
};

const cannotRead = (): CommandRefused =>
  new CommandRefused('file-unreadable', {
    fr: 'Le fichier ne peut pas être lu. Vérifiez son nom et que vous pouvez le lire.',
    en: 'The file cannot be read. Check its name, and that you may read it.',
  });

/** Looks through a file before anything is kept of it. Throws `CommandRefused` for one that is no table. */
export const inspectFile = async (path: string): Promise<Table> => {
  const format = FORMATS[extname(path).toLowerCase()] ?? 'csv';
  const inspected = await inspectTable(createReadStream(path), format).catch((error: unknown) => {
    if (error instanceof Error && 'syscall' in error) throw cannotRead();
    throw error;
  });
  if (inspected.ok) return inspected.value;
  const { code, message, row } = inspected.error;
  const place =
    row === undefined ? { fr: '', en: '' } : { fr: `Ligne ${row} : `, en: `Row ${row}: ` };
  throw new CommandRefused(code, { fr: `${place.fr}${message}`, en: `${place.en}${message}` });
};

export type FileToImport = Readonly<{
  path: string;
  table: Table;
  accountId: AccountId;
  mapping: JsonObject;
  dryRun: boolean;
}>;

/** Keeps the file, encrypted, and records that it is to be imported, as the API does with an upload. */
export const queueFile = async (
  { ledger, keyring, uploads }: Engines,
  { path, table, accountId, mapping, dryRun }: FileToImport,
): Promise<ImportId> => {
  const importId = newId(ImportId);
  const [key] = await keyring.ensure([{ accountId, subject: importId }]);
  if (key === undefined) throw new Error('The keyring made no key.');
  const staged = await uploads.stage(
    importId,
    key.secret,
    createReadStream(path),
    Number.MAX_SAFE_INTEGER,
  );
  await uploads.keep(staged);
  const now = instantOf(Date.now());
  const queued = await handle(ledger, {
    definition: importStream,
    key: importId,
    command: {
      type: 'QueueImport',
      now,
      data: { accountId, format: table.format, bytes: staged.bytes, dryRun },
      personal: clear({ mapping }),
    },
    context: {
      accountId,
      actor: { kind: 'operator' },
      channel: 'cli',
      commandId: randomUUID(),
      correlationId: randomUUID(),
      now,
    },
  });
  if (!queued.ok) throw new Error(`A new import was refused: ${queued.error.code}.`);
  return importId;
};
