import {
  importStream,
  type Import,
  type ImportCommand,
  type ImportEvent,
} from '#domain/import/index';
import {
  fold,
  isShredded,
  type AccountId,
  type Actor,
  type ImportId,
  type Instant,
  type Recorded,
} from '#domain/kernel/index';
import type { Ledger } from '#libs/ledger/port';

/** Another process went on with the import meanwhile: this one must leave it alone. */
export class ImportTakenOver extends Error {
  constructor() {
    super('Another process carries out this import.');
    this.name = 'ImportTakenOver';
  }
}

/**
 * The stream of one import, held in memory while it is carried out: a large import has thousands of events,
 * and reading them anew for each batch would take longer than the batch.
 */
export class ImportRecord {
  readonly accountId: AccountId;
  readonly actor: Actor;
  readonly correlationId: string;
  readonly #ledger: Ledger;
  readonly #importId: ImportId;
  readonly #commandIdOf: (step: string) => string;
  #state: Import;
  #revision: number;

  private constructor(
    ledger: Ledger,
    importId: ImportId,
    history: readonly [Recorded<ImportEvent>, ...Recorded<ImportEvent>[]],
    commandIdOf: (step: string) => string,
  ) {
    const { metadata } = history[0];
    this.accountId = metadata.accountId;
    this.actor = metadata.actor;
    this.correlationId = metadata.correlationId;
    this.#ledger = ledger;
    this.#importId = importId;
    this.#commandIdOf = commandIdOf;
    this.#revision = history.length - 1;
    this.#state = fold(
      importStream,
      history.map(({ event }) => event),
    );
  }

  /** Undefined when nothing is recorded under the id. `visit` sees each event, to rebuild what follows from it. */
  static async open(
    ledger: Ledger,
    importId: ImportId,
    commandIdOf: (step: string) => string,
    visit: (event: ImportEvent, recorded: Recorded<ImportEvent>) => void = () => undefined,
  ): Promise<ImportRecord | undefined> {
    const [first, ...rest] = await ledger.read(importStream, importId);
    if (first === undefined) return undefined;
    const history = [first, ...rest] as const;
    for (const recorded of history) visit(recorded.event, recorded);
    return new ImportRecord(ledger, importId, [first, ...rest], commandIdOf);
  }

  get state(): Import {
    return this.#state;
  }

  get isOver(): boolean {
    return !['none', 'queued', 'running'].includes(this.#state.status);
  }

  /** The mapping as it was sent; undefined once its key is destroyed. */
  get mapping(): unknown {
    return isShredded(this.#state.mapping) ? undefined : this.#state.mapping.reveal();
  }

  /** Records a step. Throws `ImportTakenOver` when the stream is not where this process left it. */
  async record(command: ImportCommand, step: string, now: Instant): Promise<void> {
    const decision = importStream.decide(command, this.#state);
    if (!decision.ok) throw new Error(`Import step ${step}: ${decision.error.code}.`);
    const events = decision.value;
    if (events.length === 0) return;
    const [outcome] = await this.#ledger.appendMany([
      {
        format: importStream,
        key: this.#importId,
        expected: this.#revision,
        events,
        context: {
          accountId: this.accountId,
          actor: { kind: 'system', id: 'importer' },
          channel: 'import',
          commandId: this.#commandIdOf(step),
          correlationId: this.correlationId,
          now,
        },
      },
    ]);
    if (outcome?.ok !== true) throw new ImportTakenOver();
    this.#revision = outcome.value.revision;
    this.#state = events.reduce(importStream.evolve, this.#state);
  }
}
