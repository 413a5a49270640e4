import type { DossierListAnswer } from '../dto/unsubscription-entry.dto.ts';
import type { Meanings } from '../material.ts';

/** Lists by their ids, with the names that the account gives them. */
export const namedLists = (
  listIds: Iterable<DossierListAnswer['listId']>,
  { lists }: Pick<Meanings, 'lists'>,
): DossierListAnswer[] =>
  [...listIds].map((listId) => {
    const name = lists.get(listId);
    return { listId, ...(name !== undefined && { name: { ...name } }) };
  });
