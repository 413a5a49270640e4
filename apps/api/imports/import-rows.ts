import { importStream, ROW_OUTCOMES, type ImportRowsProcessed } from '#domain/import/index';
import { isShredded, type ImportId, type RecipientId } from '#domain/kernel/index';
import { recipientStream } from '#domain/recipient/index';
import type { Streams } from '../streams.ts';
import type { RowAnswer } from './import.dto.ts';
import { messageOf } from './import-messages.ts';

/** Events of an import that are held at once; each tells of up to a thousand rows. */
const EVENTS_AT_ONCE = 20;

type RowsWanted = Readonly<{
  importId: ImportId;
  outcome: string | undefined;
  withEmail: boolean;
}>;

/** What became of each row, in order, a run of rows at a time. */
export class ImportRows {
  readonly #streams: Streams;

  constructor(streams: Streams) {
    this.#streams = streams;
  }

  async *of(wanted: RowsWanted): AsyncGenerator<readonly RowAnswer[], void> {
    for (let from = 0; ;) {
      const options = { from, limit: EVENTS_AT_ONCE };
      const events = await this.#streams.ledger.read(importStream, wanted.importId, options);
      for (const { event } of events) {
        if (event.type === 'ImportRowsProcessed') yield await this.#rows(event.data, wanted);
      }
      from += events.length;
      if (events.length < EVENTS_AT_ONCE) return;
    }
  }

  async #rows(
    data: ImportRowsProcessed['data'],
    { outcome, withEmail }: RowsWanted,
  ): Promise<readonly RowAnswer[]> {
    const rows = rowsOf(data).filter((row) => outcome === undefined || row.outcome === outcome);
    if (!withEmail) return rows;
    const ids = rows.flatMap(({ recipientId }) => recipientId ?? []);
    const addresses = await this.#addresses([...new Set(ids)]);
    return rows.map((row) => withAddress(row, addresses.get(row.recipientId ?? '')));
  }

  /** As the ledger knows them now: whoever was erased since has none. */
  async #addresses(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const recipients = await this.#streams.readMany(recipientStream, ids);
    return new Map(
      recipients.flatMap(({ key, state: { address } }): [string, string][] =>
        isShredded(address) ? [] : [[key, address.reveal()]],
      ),
    );
  }
}

const withAddress = ({ row, ...rest }: RowAnswer, email: string | undefined): RowAnswer =>
  email === undefined ? { row, ...rest } : { row, email, ...rest };

const rowsOf = (data: ImportRowsProcessed['data']): readonly RowAnswer[] =>
  Array.from(data.outcomes, (letter, index) => {
    const row = data.from + index;
    return rowAnswer(row, letter, data.recipientIds[index] ?? null, data.codes[String(row)]);
  });

const rowAnswer = (
  row: number,
  letter: string,
  recipientId: RecipientId | null,
  code: string | undefined,
): RowAnswer => {
  const outcome = ROW_OUTCOMES[letter];
  if (outcome === undefined) throw new Error('A row with an unknown outcome.');
  const message = code === undefined ? undefined : messageOf(code);
  return {
    row,
    ...(recipientId !== null && { recipientId }),
    outcome,
    ...(code !== undefined && { code }),
    ...(message !== undefined && { message }),
  };
};
