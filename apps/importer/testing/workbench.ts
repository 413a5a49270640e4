import { randomUUID } from 'node:crypto';
import { openEngines, type EngineConfig, type Engines } from '#apps/composition/index';
import { accountStream } from '#domain/account/index';
import { fieldsStream } from '#domain/field/index';
import { importStream, type Import, type ImportFormat } from '#domain/import/index';
import {
  AccountId,
  clear,
  fold,
  ImportId,
  instantOf,
  ListId,
  type JsonObject,
  type Language,
  type RecipientId,
} from '#domain/kernel/index';
import { listStream } from '#domain/list/index';
import { parseAddress, recipientStream, type Recipient } from '#domain/recipient/index';
import { handle, type CommandRequest } from '#libs/commands/index';
import type { EventLog } from '#libs/event-log/port';
import { recipientIdOf, type Keyring } from '#libs/keyring/index';
import { newId, type Ledger } from '#libs/ledger/index';
import type { AnyEvent, Refusal } from '#domain/kernel/index';
import { undoNote, type Uploads } from '#libs/uploads/index';
import { domainToASCII } from 'node:url';
import type { ImporterParts } from '../parts.ts';
import { startImporter } from '../start-importer.ts';

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

const onFatal = (failure: Error): never => {
  throw failure;
};

type ImporterOptions = Pick<ImporterParts, 'leaseMilliseconds'> &
  Partial<Pick<ImporterParts, 'log'>> &
  Readonly<{
    /** Comes between the importer and what it stands on. */
    over?: <T extends object>(port: T) => T;
  }>;

type WorkbenchOptions = Readonly<{
  accountId?: AccountId;
  clock?: () => number;
  servers?: EngineConfig['servers'];
}>;

/** An account with a list and fields on a data directory, to run imports on as the programs do. */
export class ImportWorkbench {
  readonly eventLog: EventLog;
  readonly keyring: Keyring;
  readonly ledger: Ledger;
  readonly uploads: Uploads;
  readonly accountId: AccountId;
  readonly #engines: Engines;
  readonly #clock: () => number;

  private constructor(engines: Engines, accountId: AccountId, clock: () => number) {
    this.eventLog = engines.eventLog;
    this.keyring = engines.keyring;
    this.ledger = engines.ledger;
    this.uploads = engines.uploads;
    this.accountId = accountId;
    this.#engines = engines;
    this.#clock = clock;
  }

  /** On a new directory, or with `accountId` on one that holds the account already. */
  static async open(directory: string, options: WorkbenchOptions = {}): Promise<ImportWorkbench> {
    const { accountId = newId(AccountId), clock = Date.now, servers } = options;
    const config = { dataDirectory: directory, ...(servers !== undefined && { servers }) };
    const engines = await openEngines(config, onFatal);
    const workbench = new ImportWorkbench(engines, accountId, clock);
    if (options.accountId === undefined) await workbench.#openAccount();
    return workbench;
  }

  async defineField(key: string): Promise<void> {
    const field = {
      key,
      type: 'text',
      label: { en: key },
      hidden: false,
      sensitive: false,
    } as const;
    await this.#run(fieldsStream, this.accountId, { type: 'DefineField', field });
  }

  async createList(): Promise<ListId> {
    const listId = newId(ListId);
    const terms = { name: { fr: 'Infolettre', en: 'Newsletter' }, visible: true };
    await this.#run(listStream, listId, { type: 'CreateList', accountId: this.accountId, terms });
    return listId;
  }

  /** Keeps the file and queues its import, as the API does. */
  async queue(
    file: AsyncIterable<Uint8Array>,
    mapping: JsonObject,
    options: { readonly format?: ImportFormat; readonly dryRun?: boolean } = {},
  ): Promise<ImportId> {
    const { format = 'csv', dryRun = false } = options;
    const { accountId } = this;
    const importId = newId(ImportId);
    const [key] = await this.keyring.ensure([{ accountId, subject: importId }]);
    if (key === undefined) throw new Error('The keyring made no key.');
    const staged = await this.uploads.stage(importId, key.secret, file, Number.MAX_SAFE_INTEGER);
    await this.uploads.keep(staged);
    await this.#run(importStream, importId, {
      type: 'QueueImport',
      now: instantOf(this.#clock()),
      data: { accountId, format, bytes: staged.bytes, dryRun },
      personal: clear({ mapping }),
    });
    return importId;
  }

  /** Asks for the undo of an import, as the API does. */
  async requestUndo(importId: ImportId): Promise<void> {
    await this.uploads.note(undoNote(importId));
    const now = instantOf(this.#clock());
    await this.#run(importStream, importId, { type: 'RequestUndo', now });
  }

  /** Runs an importer until no uploaded file and no undo is left. */
  async runImporter({ over = (port) => port, ...options }: ImporterOptions = {}): Promise<void> {
    const stop = new AbortController();
    const running = startImporter({
      ...this.#engines,
      ledger: over(this.ledger),
      keyring: over(this.keyring),
      leases: over(this.#engines.leases),
      clock: this.#clock,
      log: SILENT,
      signal: stop.signal,
      ...options,
    });
    try {
      await Promise.race([running, this.#untilIdle()]);
    } finally {
      stop.abort();
      await running;
    }
  }

  async #untilIdle(): Promise<void> {
    for (;;) {
      const head = await this.ledger.head();
      if ((await this.uploads.list()).length === 0) return;
      await this.ledger.waitForAppend(head, AbortSignal.timeout(50));
    }
  }

  async stateOf(importId: ImportId): Promise<Import> {
    const history = await this.ledger.read(importStream, importId);
    return fold(
      importStream,
      history.map(({ event }) => event),
    );
  }

  /** Resolves once more rows of the import are recorded than now. */
  async untilProgress(importId: ImportId): Promise<void> {
    const { processed } = await this.stateOf(importId);
    for (;;) {
      const head = await this.ledger.head();
      if ((await this.stateOf(importId)).processed > processed) return;
      await this.ledger.waitForAppend(head, AbortSignal.timeout(1_000));
    }
  }

  /** Resolves once more rows of the import are undone than now, or all of them. */
  async untilUndoProgress(importId: ImportId): Promise<void> {
    const before = (await this.stateOf(importId)).undo?.rows ?? 0;
    for (;;) {
      const head = await this.ledger.head();
      const { status, undo } = await this.stateOf(importId);
      if (status === 'undone' || (undo?.rows ?? 0) > before) return;
      await this.ledger.waitForAppend(head, AbortSignal.timeout(1_000));
    }
  }

  async idOf(email: string): Promise<RecipientId> {
    const address = parseAddress(email, domainToASCII);
    if (!address.ok) throw new TypeError('Not an address.');
    const { identity } = await this.keyring.accountKeys(this.accountId);
    return recipientIdOf(identity, address.value.matching);
  }

  async recipient(email: string): Promise<Recipient> {
    const history = await this.ledger.read(recipientStream, await this.idOf(email));
    return fold(
      recipientStream,
      history.map(({ event }) => event),
    );
  }

  async close(): Promise<void> {
    await this.#engines.close();
  }

  async #openAccount(): Promise<void> {
    await this.#run(accountStream, this.accountId, {
      type: 'OpenAccount',
      terms: {
        name: 'Le Marché',
        timeZone: 'America/Toronto',
        languages: ['fr' as Language, 'en' as Language],
        regimes: ['casl'],
        organisationType: 'commercial',
      },
      contacts: clear({
        sender: {
          name: 'Le Marché',
          email: 'info@marche.example',
          postalAddress: '1, rue A',
          web: 'https://marche.example',
        },
        privacyOfficer: { title: 'Responsable', email: 'vie-privee@marche.example' },
      }),
    });
  }

  async #run<C, S, E extends AnyEvent, R extends Refusal>(
    definition: CommandRequest<C, S, E, R>['definition'],
    key: string,
    command: C,
  ): Promise<void> {
    const done = await handle(this.ledger, {
      definition,
      key,
      command,
      context: {
        accountId: this.accountId,
        actor: { kind: 'api-client', id: 'key_workbench' },
        channel: 'api',
        commandId: randomUUID(),
        correlationId: randomUUID(),
        now: instantOf(this.#clock()),
      },
    });
    if (!done.ok) throw new Error(done.error.code);
  }
}
