import type { ImportEvent } from '#domain/import/index';
import {
  instantOf,
  type ImportId,
  type Metadata,
  type Position,
  type RecipientId,
  type Recorded,
} from '#domain/kernel/index';
import type { CommandContext } from '#libs/ledger/port';
import { undoNote } from '#libs/uploads/index';
import { commandIdsOf } from '../command-ids.ts';
import { ImportRecord } from '../import-record.ts';
import type { ImporterParts } from '../parts.ts';
import type { SeenRecipients } from '../seen-recipients.ts';
import { changedRows, unrecordedRows, type ChangedRows } from './changed-rows.ts';
import { sentSince } from './sent-since.ts';
import { undoRecipients } from './undo-recipients.ts';

type Parts = Pick<ImporterParts, 'ledger' | 'uploads' | 'clock' | 'signal'>;
/** Renews the right to the import; throws once somebody else has it. */
type StillOurs = () => Promise<void>;

/** The undo of one import from where it stands to its end, resumable at any moment. */
export class UndoJob {
  readonly #parts: Parts;
  readonly #importId: ImportId;
  readonly #commandIdOf: (step: string | number) => string;
  readonly #runs: ChangedRows[] = [];
  #startedAt: Position | undefined;
  /** Up to here all rows that were carried out are recorded. */
  #recordedTo: Position | undefined;
  #failedAt: Position | undefined;
  #request: Metadata | undefined;

  constructor(parts: Parts, importId: ImportId) {
    this.#parts = parts;
    this.#importId = importId;
    this.#commandIdOf = commandIdsOf(importId);
  }

  /** `none`: nobody's request for it is recorded. Throws what the ledger throws; then it goes on later. */
  async run(stillOurs: StillOurs): Promise<'none' | 'over' | 'stopped'> {
    const { ledger, uploads } = this.#parts;
    const record = await ImportRecord.open(
      ledger,
      this.#importId,
      this.#commandIdOf,
      (_event, recorded) => {
        this.#remember(recorded);
      },
    );
    if (record?.state.status === 'undoing' && !(await this.#undo(record, stillOurs))) {
      return 'stopped';
    }
    if (record?.state.status !== 'undone') return 'none';
    await uploads.remove(undoNote(this.#importId));
    return 'over';
  }

  #remember({ event, position, metadata }: Recorded<ImportEvent>): void {
    const rows = changedRows(event);
    if (rows !== undefined) this.#runs.push(rows);
    if (event.type === 'ImportStarted') this.#startedAt ??= position;
    if (event.type === 'ImportStarted' || rows !== undefined) this.#recordedTo = position;
    if (event.type === 'ImportFailed') this.#failedAt = position;
    if (event.type === 'ImportUndoRequested') this.#request = metadata;
  }

  /** False when it was told to stop. */
  async #undo(record: ImportRecord, stillOurs: StillOurs): Promise<boolean> {
    const { ledger, signal } = this.#parts;
    const runs = [...this.#runs, ...(await this.#unrecorded(record))];
    const sent = await sentSince(ledger, this.#startedAt);
    for (const rows of runs) {
      if (rows.to <= (record.state.undo?.rows ?? 0)) continue;
      if (signal.aborted) return false;
      await stillOurs();
      await this.#undoRows(record, rows, sent);
    }
    const now = instantOf(this.#parts.clock());
    const last = runs.at(-1)?.to ?? 0;
    await record.record({ type: 'CompleteUndo', now, rows: last }, 'undo-complete', now);
    return true;
  }

  async #undoRows(
    record: ImportRecord,
    { from, to, recipientIds }: ChangedRows,
    sent: SeenRecipients,
  ): Promise<void> {
    const { ledger } = this.#parts;
    const { compensated, left } = await undoRecipients(ledger, recipientIds, {
      importId: this.#importId,
      contextOf: (recipientId) => this.#contextOf(recipientId),
    });
    const sentTo = recipientIds.filter((recipientId) => sent.has(recipientId));
    const rows = { from, to, compensated, left, sentSince: sentTo };
    const now = instantOf(this.#parts.clock());
    await record.record({ type: 'RecordUndo', now, rows }, `undo-rows:${String(from)}`, now);
  }

  async #unrecorded({ state }: ImportRecord): Promise<readonly ChangedRows[]> {
    const [after, until] = [this.#recordedTo, this.#failedAt];
    if (after === undefined || until === undefined) return [];
    const place = { after, until, firstRow: state.processed + 1 };
    const rows = await unrecordedRows(this.#parts.ledger, this.#importId, place);
    return rows === undefined ? [] : [rows];
  }

  /** It is the doing of whoever asked for it. */
  #contextOf(recipientId: RecipientId): CommandContext {
    if (this.#request === undefined) throw new Error('An undo that nobody asked for.');
    const { accountId, actor, channel, correlationId } = this.#request;
    return {
      accountId,
      actor,
      channel,
      correlationId,
      commandId: this.#commandIdOf(`undo:${recipientId}`),
      now: instantOf(this.#parts.clock()),
      evidence: { importId: this.#importId },
    };
  }
}
