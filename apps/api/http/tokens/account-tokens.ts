import type { AccountId, JsonValue, Position } from '#domain/kernel/index';
import type { EventLog } from '#libs/event-log/port';
import { openToken, sealToken, type Keyring } from '#libs/keyring/index';
import { problem } from '../problem.ts';

/** Where a page ended: the sort value and id of its last document. */
export type PageEnd = Readonly<{ value: JsonValue; id: string }>;

export type TokenParts = Readonly<{ keyring: Keyring; eventLog: Pick<EventLog, 'identity'> }>;

/**
 * Positions and cursors as an account sees them: opaque, and of use to that account only, in the log that they are
 * of.
 */
export class AccountTokens {
  readonly #keyring: Keyring;
  readonly #eventLog: TokenParts['eventLog'];

  constructor({ keyring, eventLog }: TokenParts) {
    this.#keyring = keyring;
    this.#eventLog = eventLog;
  }

  async sealPosition(accountId: AccountId, position: Position): Promise<string> {
    return sealToken(await this.#key(accountId), await this.#purpose('position'), position);
  }

  /** Throws the problem `invalid-position` on a token of another account or log, or a forged one. */
  async openPosition(accountId: AccountId, token: string): Promise<Position> {
    const position = openToken(await this.#key(accountId), await this.#purpose('position'), token);
    if (position === undefined) {
      throw problem(
        'invalid-position',
        'Give the X-Position of an earlier answer to this account. Those from before the ledger was moved are of no use any more: begin without one.',
      );
    }
    return position as Position;
  }

  async sealCursor(accountId: AccountId, list: string, end: PageEnd): Promise<string> {
    const purpose = await this.#purpose(`cursor:${list}`);
    return sealToken(await this.#key(accountId), purpose, JSON.stringify(end));
  }

  /** Throws the problem `invalid-cursor` on a cursor of another list, account or log, or a forged one. */
  async openCursor(accountId: AccountId, list: string, token: string): Promise<PageEnd> {
    const purpose = await this.#purpose(`cursor:${list}`);
    const text = openToken(await this.#key(accountId), purpose, token);
    if (text === undefined) {
      throw problem(
        'invalid-cursor',
        'Give the `next` of the page before, of this very list. Those from before the ledger was moved, or before an update changed the order of the list, are of no use any more: begin with the first page.',
      );
    }
    return JSON.parse(text) as PageEnd;
  }

  /** The account's keys move with the ledger to another log, in which the old positions mean nothing. */
  async #purpose(what: string): Promise<string> {
    const { logId } = await this.#eventLog.identity();
    return `${what}:${logId}`;
  }

  async #key(accountId: AccountId): Promise<Uint8Array> {
    const { cursor } = await this.#keyring.accountKeys(accountId);
    return cursor;
  }
}
