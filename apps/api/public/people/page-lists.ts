import type { AccountId, Language, ListId } from '#domain/kernel/index';
import { listStream } from '#domain/list/index';
import { catalogue, listResources } from '#projections/catalogue/index';
import type { ReadModels } from '../../reading/read-models.ts';
import type { Streams } from '../../streams.ts';
import { textIn } from '../html/language.ts';

/** A list as people see it. */
export type ShownList = Readonly<{ id: ListId; name: string; description: string | undefined }>;

const MOST_LISTS = 200;

/** Lists by the names that people know them by. */
export class PageLists {
  readonly #streams: Streams;
  readonly #models: ReadModels;

  constructor(streams: Streams, models: ReadModels) {
    this.#streams = streams;
    this.#models = models;
  }

  /** These lists, as far as they are the account's; in the order given. */
  async named(
    accountId: AccountId,
    listIds: Iterable<ListId>,
    language: Language,
  ): Promise<readonly ShownList[]> {
    const found = await Promise.all(
      [...listIds].map((id) => this.#shown(accountId, id, language, () => true)),
    );
    return found.filter((list) => list !== undefined);
  }

  /** All lists that the account shows to people (SEG-1). */
  async visible(accountId: AccountId, language: Language): Promise<readonly ShownList[]> {
    const model = await this.#models.upTo(catalogue, accountId, undefined);
    const entries = await listResources(model, accountId, 'list', { limit: MOST_LISTS });
    const found = await Promise.all(
      entries.map(({ id }) =>
        this.#shown(accountId, id as ListId, language, ({ visible }) => visible),
      ),
    );
    return found.filter((list) => list !== undefined);
  }

  async #shown(
    accountId: AccountId,
    id: ListId,
    language: Language,
    isWanted: (terms: { readonly visible: boolean }) => boolean,
  ): Promise<ShownList | undefined> {
    const list = await this.#streams.recent(listStream, id);
    if (list.status === 'none' || list.accountId !== accountId || !isWanted(list.terms)) {
      return undefined;
    }
    const { name, description } = list.terms;
    return {
      id,
      name: textIn(name, language)?.text ?? id,
      description: textIn(description, language)?.text,
    };
  }
}
