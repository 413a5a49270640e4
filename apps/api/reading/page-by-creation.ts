import type { AccountId, Position } from '#domain/kernel/index';
import { DEFAULT_LIMIT, type PageQuery } from '../http/schema/index.ts';
import type { AccountTokens } from '../http/tokens/account-tokens.ts';

/** What a list in order of creation has of each of its entries. */
type Created<Id extends string> = Readonly<{ id: Id; createdPosition: Position }>;

/** Ids in order of creation, and where the next page begins. */
export type IdPage<Id extends string = string> = Readonly<{
  ids: readonly Id[];
  next: string | null;
}>;

/** A page of a list of some account, whose name its cursors bear. Throws the problem `invalid-cursor`. */
export const pageByCreation = async <Id extends string>(
  tokens: AccountTokens,
  asked: Readonly<{ accountId: AccountId; list: string; query: PageQuery }>,
  find: (
    options: Readonly<{ after?: Created<Id>; limit: number }>,
  ) => Promise<readonly Created<Id>[]>,
): Promise<IdPage<Id>> => {
  const { accountId, list, query } = asked;
  const { cursor, limit = DEFAULT_LIMIT } = query;
  const end = cursor === undefined ? undefined : await tokens.openCursor(accountId, list, cursor);
  const after = end && { createdPosition: end.value as Position, id: end.id as Id };
  // One more, to know whether there is a next page.
  const found = await find({ ...(after && { after }), limit: limit + 1 });
  const ids = found.slice(0, limit).map(({ id }) => id);
  const last = found.length > limit ? found[limit - 1] : undefined;
  if (last === undefined) return { ids, next: null };
  const nextEnd = { value: last.createdPosition, id: last.id };
  return { ids, next: await tokens.sealCursor(accountId, list, nextEnd) };
};
