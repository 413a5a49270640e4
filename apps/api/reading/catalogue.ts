import type { AccountId, Position } from '#domain/kernel/index';
import {
  catalogue,
  listOfAllAccounts,
  listResources,
  type CatalogueKind,
  type CataloguePage,
} from '#projections/catalogue/index';
import type { Caller } from '../http/caller.ts';
import { DEFAULT_LIMIT, type PageQuery } from '../http/schema/index.ts';
import type { AccountTokens } from '../http/tokens/account-tokens.ts';
import type { ReadModels } from './read-models.ts';

/** Ids of resources in the order they were made, and where the next page begins. */
export type IdPage = Readonly<{ ids: readonly string[]; next: string | null }>;

/** Which resources there are. What they are like is read from their own streams, which are never behind. */
export class Catalogue {
  readonly #models: ReadModels;
  readonly #tokens: AccountTokens;

  constructor(models: ReadModels, tokens: AccountTokens) {
    this.#models = models;
    this.#tokens = tokens;
  }

  /** Resources of the caller's account; the operator's are all accounts, or what `of` has. */
  async page(
    caller: Caller,
    kind: CatalogueKind,
    query: PageQuery,
    of: AccountId = caller.accountId,
  ): Promise<IdPage> {
    const { accountId } = caller;
    const list = `${kind}:${of}`;
    const model = await this.#models.upTo(catalogue, accountId, query.after);
    const limit = query.limit ?? DEFAULT_LIMIT;
    const options = { limit: limit + 1, ...(await this.#start(accountId, list, query.cursor)) };
    const entries =
      kind === 'account'
        ? await listOfAllAccounts(model, kind, options)
        : await listResources(model, of, kind, options);
    const last = entries.length > limit ? entries[limit - 1] : undefined;
    return {
      ids: entries.slice(0, limit).map(({ id }) => id),
      next:
        last === undefined
          ? null
          : await this.#tokens.sealCursor(accountId, list, {
              value: last.createdPosition,
              id: last.id,
            }),
    };
  }

  async #start(
    accountId: AccountId,
    list: string,
    cursor: string | undefined,
  ): Promise<Pick<CataloguePage, 'after'>> {
    if (cursor === undefined) return {};
    const { value, id } = await this.#tokens.openCursor(accountId, list, cursor);
    return { after: { createdPosition: value as Position, id } };
  }
}
