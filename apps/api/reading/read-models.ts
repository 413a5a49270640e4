import type { AccountId, Position } from '#domain/kernel/index';
import { whenProcessed } from '#libs/projecting/index';
import type { ModelRef, ReadModel, ReadStore } from '#libs/read-store/port';
import { problem } from '../http/problem.ts';
import type { AccountTokens } from '../http/tokens/account-tokens.ts';

const LONGEST_WAIT = 5_000;

/** The read models that answer lists and searches, as fresh as the caller asks for. */
export class ReadModels {
  readonly #store: ReadStore;
  readonly #tokens: AccountTokens;

  constructor(store: ReadStore, tokens: AccountTokens) {
    this.#store = store;
    this.#tokens = tokens;
  }

  /**
   * The read model, once it has seen the write that `after` names. Throws the problems `invalid-position`
   * and, after five seconds, `projection-behind`.
   */
  async upTo(ref: ModelRef, accountId: AccountId, after: string | undefined): Promise<ReadModel> {
    if (after === undefined) return this.#store.model(ref);
    return this.seen(ref, await this.#tokens.openPosition(accountId, after));
  }

  /** The read model, once it has seen a position. Throws `projection-behind` after five seconds. */
  async seen(ref: ModelRef, position: Position): Promise<ReadModel> {
    const model = this.#store.model(ref);
    if (await whenProcessed(model, position, { timeoutMilliseconds: LONGEST_WAIT })) return model;
    throw problem(
      'projection-behind',
      'The read model has not seen that write within 5 seconds. Ask again.',
      {
        headers: { 'retry-after': '5' },
      },
    );
  }
}
