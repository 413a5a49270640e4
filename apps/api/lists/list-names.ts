import { bestLanguage, type Language, type ListId } from '#domain/kernel/index';
import { listStream } from '#domain/list/index';
import type { Streams } from '../streams.ts';

/** What lists are called in a person's language. */
export class ListNames {
  readonly #streams: Streams;

  constructor(streams: Streams) {
    this.#streams = streams;
  }

  async named(
    listIds: readonly ListId[],
    language: Language,
  ): Promise<readonly Readonly<{ id: string; name: string }>[]> {
    const lists = await Promise.all(
      listIds.map(async (id) => ({ id, list: await this.#streams.recent(listStream, id) })),
    );
    return lists.flatMap(({ id, list }) => {
      if (list.status === 'none') return [];
      const { name } = list.terms;
      const best = bestLanguage(language, Object.keys(name));
      return best === undefined ? [] : [{ id, name: name[best] ?? id }];
    });
  }
}
