import type { AccountId } from '#domain/kernel/index';
import {
  catalogue,
  listOfAllAccounts,
  listResources,
  type CatalogueKind,
} from '#projections/catalogue/index';
import type { Caller } from '../http/caller.ts';
import type { PageQuery } from '../http/schema/index.ts';
import type { AccountTokens } from '../http/tokens/account-tokens.ts';
import { pageByCreation, type IdPage } from './page-by-creation.ts';
import type { ReadModels } from './read-models.ts';

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
    const model = await this.#models.upTo(catalogue, accountId, query.after);
    const asked = { accountId, list: `${kind}:${of}`, query };
    return pageByCreation(this.#tokens, asked, (options) =>
      kind === 'account'
        ? listOfAllAccounts(model, kind, options)
        : listResources(model, of, kind, options),
    );
  }
}
