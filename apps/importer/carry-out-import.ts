import { effectiveMapping } from '#domain/import/effective-mapping';
import { planColumns } from '#domain/import/column-plan';
import { parseMapping } from '#domain/import/parse-mapping';
import type { ImportEvent } from '#domain/import/index';
import {
  civilDateIn,
  instantOf,
  type ImportId,
  type Instant,
  type Refusal,
} from '#domain/kernel/index';
import type { At } from '#domain/recipient/index';
import { inspectTable, readRows, type Table, type TableFault } from '#libs/tabular/index';
import type { Ledger } from '#libs/ledger/port';
import { UploadFailure } from '#libs/uploads/index';
import { carryingOut, trying } from './batch.ts';
import { BATCH_ROWS, batchesOf } from './batches-of.ts';
import { commandIdsOf } from './command-ids.ts';
import { ImportRecord } from './import-record.ts';
import { loadSetting, wordingOf } from './import-setting.ts';
import { lendingWriter } from './lending-writer.ts';
import { OneUnderWay } from './one-under-way.ts';
import type { ImporterParts } from './parts.ts';
import { RowPreparation, type ImportRun } from './prepare-row.ts';
import { proofOf } from './row-command.ts';
import { SeenRecipients } from './seen-recipients.ts';

type Parts = Pick<
  ImporterParts,
  'ledger' | 'keyring' | 'uploads' | 'startWriter' | 'clock' | 'signal'
>;
/** Renews the right to the import; throws once somebody else has it. */
type StillOurs = () => Promise<void>;
type Failure = Pick<Refusal, 'code' | 'message'> & Readonly<{ row?: number }>;

/** One import from where it stands to its end, resumable at any moment. */
export class ImportJob {
  readonly #parts: Parts;
  readonly #importId: ImportId;
  readonly #commandIdOf: (step: string | number) => string;
  readonly #seen = new SeenRecipients();

  constructor(parts: Parts, importId: ImportId) {
    this.#parts = parts;
    this.#importId = importId;
    this.#commandIdOf = commandIdsOf(importId);
  }

  /**
   * Carries the import out as far as the signal lets it, and clears up after it. Throws what ledger and
   * keyring throw; then the import goes on later. `none`: nothing is recorded under this id.
   */
  async run(stillOurs: StillOurs): Promise<'none' | 'over' | 'stopped'> {
    const { ledger } = this.#parts;
    const record = await ImportRecord.open(ledger, this.#importId, this.#commandIdOf, (event) => {
      this.#remember(event);
    });
    if (record === undefined) return 'none';
    if (!record.isOver && !(await this.#carryOut(record, stillOurs))) return 'stopped';
    await this.#clearUp(record);
    return 'over';
  }

  /** The key first: while the file is there, an interrupted clearing-up is taken up again. */
  async #clearUp({ accountId }: ImportRecord): Promise<void> {
    const { keyring, uploads } = this.#parts;
    await keyring.destroy({ accountId, subject: this.#importId });
    await uploads.remove(this.#importId);
  }

  #remember(event: ImportEvent): void {
    if (event.type !== 'ImportRowsProcessed') return;
    const { recipientIds, outcomes } = event.data;
    recipientIds.forEach((recipientId, index) => {
      if (recipientId !== null && outcomes[index] !== 'r') this.#seen.add(recipientId);
    });
  }

  /** True when the import came to its end, good or bad. */
  async #carryOut(record: ImportRecord, stillOurs: StillOurs): Promise<boolean> {
    const { accountId } = record;
    const subject = { accountId, subject: this.#importId };
    const [key] = await this.#parts.keyring.find([subject]);
    try {
      if (key === undefined) throw new UploadFailure('upload-missing');
      return await this.#carryOutFile(record, key.secret, stillOurs);
    } catch (error) {
      if (!isLost(error)) throw error;
      await this.#fail(record, error);
      return true;
    }
  }

  async #carryOutFile(
    record: ImportRecord,
    key: Uint8Array,
    stillOurs: StillOurs,
  ): Promise<boolean> {
    const { uploads } = this.#parts;
    const inspected = await inspectTable(uploads.read(this.#importId, key), record.state.format);
    if (!inspected.ok) return this.#fail(record, inspected.error);
    const run = await this.#plan(record, inspected.value);
    if ('code' in run) return this.#fail(record, run);
    const now = this.#now();
    await record.record({ type: 'StartImport', now, unmapped: run.plan.unmapped }, 'start', now);
    const rows = readRows(uploads.read(this.#importId, key), inspected.value);
    const { rows: count } = inspected.value;
    const isShort = record.state.dryRun || count - record.state.processed <= BATCH_ROWS;
    const isDone = await lendingWriter(this.#parts, isShort, (ledger) =>
      this.#doRows(record, run, rows, { ledger, stillOurs }),
    );
    if (!isDone) return false;
    const end = this.#now();
    await record.record({ type: 'CompleteImport', now: end, rows: count }, 'complete', end);
    return true;
  }

  async #plan(record: ImportRecord, table: Table): Promise<ImportRun | Failure> {
    const { ledger, keyring } = this.#parts;
    const { accountId, actor, correlationId } = record;
    const requested = parseMapping(record.mapping);
    // It was checked before it was queued.
    if (!requested.ok) throw new Error('A queued import has a mapping that cannot be read.');
    const { identity } = await keyring.accountKeys(accountId);
    const setting = await loadSetting(ledger, accountId, identity);
    const isField = (fieldKey: string): boolean => setting.fields.has(fieldKey);
    const mapping = effectiveMapping(requested.value, table.columns, isField);
    const plan = planColumns(mapping, table.columns);
    if (!plan.ok) return plan.error;
    return {
      importId: this.#importId,
      actor,
      correlationId,
      commandIdOf: this.#commandIdOf,
      plan: plan.value,
      terms: { mapping, setting, proof: proofOf(mapping.consent) },
      wording: await wordingOf(ledger, mapping.consent),
    };
  }

  /** Goes on after the rows whose fate is recorded. False when it was told to stop. */
  async #doRows(
    record: ImportRecord,
    run: ImportRun,
    pages: ReturnType<typeof readRows>,
    { ledger, stillOurs }: Readonly<{ ledger: Ledger; stillOurs: StillOurs }>,
  ): Promise<boolean> {
    const preparation = new RowPreparation(run);
    const carryOut = (record.state.dryRun ? trying : carryingOut)(ledger, preparation);
    const underWay = new OneUnderWay();
    const { signal } = this.#parts;
    const rest = batchesOf(pages, preparation, { after: record.state.processed, signal });
    try {
      for await (const batch of rest) {
        await underWay.begin(async () => {
          await stillOurs();
          const rows = await batch.settle(carryOut, this.#seen, this.#at(run));
          const now = this.#now();
          await record.record({ type: 'RecordRows', now, rows }, `rows:${String(rows.from)}`, now);
        });
      }
      return !signal.aborted;
    } finally {
      await underWay.done();
    }
  }

  async #fail(record: ImportRecord, { code, message, row }: Failure | TableFault): Promise<true> {
    const now = this.#now();
    const failure = { code, message, ...(row !== undefined && { row }) };
    await record.record({ type: 'FailImport', now, ...failure }, 'fail', now);
    return true;
  }

  #now(): Instant {
    return instantOf(this.#parts.clock());
  }

  #at({ terms }: ImportRun): At {
    const { timeZone } = terms.setting.terms;
    const now = this.#now();
    return { now, timeZone, today: civilDateIn(timeZone, now) };
  }
}

/** The file cannot be had any more: waiting would not bring it back. */
const isLost = (error: unknown): error is UploadFailure =>
  error instanceof UploadFailure &&
  (error.code === 'upload-missing' || error.code === 'upload-damaged');
