import { randomUUID } from 'node:crypto';
import {
  clear,
  instantOf,
  type AccountId,
  type Evidence,
  type Recorded,
  type WordingId,
} from '#domain/kernel/index';
import { statementKey, statementStream, type StatementEvent } from '#domain/statement/index';
import { handle } from '#libs/commands/index';
import type { Streams } from '../streams.ts';
import type { ShownStatement } from './shown-statement.ts';

const MOST_KEPT = 10_000;

type Occasion = Readonly<{ correlationId: string; evidence: Evidence }>;

/** The texts that people agreed to, each kept once under its hash, for as long as the account is (C-18). */
export class ConsentStatements {
  readonly #streams: Streams;
  /** What is known to be in the ledger, so that all but the first to agree cost nothing. */
  readonly #kept = new Set<string>();

  constructor(streams: Streams) {
    this.#streams = streams;
  }

  /**
   * Keeps a statement before an event rests on it. Showing one writes nothing: what nobody agreed to needs
   * no proof, and a page that is only looked at must change nothing (M-11).
   */
  async keep(statement: ShownStatement, { correlationId, evidence }: Occasion): Promise<void> {
    const { accountId, wordingId, version, language, hash, text } = statement;
    const key = statementKey(accountId, hash);
    const name = `${key} ${wordingId} ${String(version)}`;
    if (this.#kept.has(name)) return;
    const kept = await handle(this.#streams.ledger, {
      definition: statementStream,
      key,
      command: {
        type: 'KeepStatement',
        accountId,
        wordingId,
        version,
        language,
        hash,
        text: clear(text),
      },
      context: {
        accountId,
        actor: { kind: 'system', id: 'consent-statements' },
        channel: 'rule',
        commandId: randomUUID(),
        correlationId,
        now: instantOf(this.#streams.now()),
        evidence,
      },
    });
    if (!kept.ok) throw new Error(`A statement cannot be kept: ${kept.error.code}`);
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
    this.#kept.add(name);
  }

  /** Each showing of the text by versions of this wording, the first one first; empty when there was none. */
  async shownBy(
    accountId: AccountId,
    wordingId: WordingId,
    hash: string,
  ): Promise<readonly Recorded<StatementEvent>[]> {
    const history = await this.#streams.ledger.read(statementStream, statementKey(accountId, hash));
    return history.filter(({ event }) => event.data.wordingId === wordingId);
  }
}
