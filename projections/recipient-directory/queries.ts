import type { AccountId, ListId, RecipientId } from '#domain/kernel/index';
import type { RecipientStatus } from '#domain/recipient/index';
import type { Comparison, ReadModel } from '#libs/read-store/port';
import { directoryEntry, type DirectoryEntry } from './entry.ts';
import { folded } from './search-tokens.ts';

/**
 * Which recipients are asked for. `status` is one indexed field, derived as the recipient's own stream
 * derives it: erased before invalid, complained, restricted, unsubscribed, then unconfirmed (asked, not
 * confirmed, on no list otherwise), else active. `complained` and `restricted` have no events yet and find
 * nobody.
 */
export type RecipientFilter = Readonly<{
  /** Normalised. */
  address?: string;
  listId?: ListId;
  status?: RecipientStatus;
  /** Words, each the beginning of an address, a domain, or a word of a field. */
  text?: string;
}>;

const WORDS = 5;

const whereOf = (accountId: AccountId, filter: RecipientFilter): readonly Comparison[] => {
  const { address, listId, status, text = '' } = filter;
  const words = text
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, WORDS);
  return [
    { field: 'accountId', op: 'eq', value: accountId },
    ...(address === undefined ? [] : [equal('address', address)]),
    ...(listId === undefined ? [] : [equal('subscribedLists', listId)]),
    ...(status === undefined ? [] : [equal('status', status)]),
    ...words.map((word): Comparison => {
      const value = /[@.]/.test(word) ? word.toLowerCase() : folded(word);
      return { field: 'search', op: 'prefix', value };
    }),
  ];
};

const equal = (field: string, value: string): Comparison => ({ field, op: 'eq', value });

/** Recipients of an account in order of their ids, after one of them. */
export const findRecipients = async (
  model: ReadModel,
  accountId: AccountId,
  filter: RecipientFilter,
  page: Readonly<{ after?: RecipientId; limit: number }>,
): Promise<readonly DirectoryEntry[]> => {
  const documents = await model.find({
    where: whereOf(accountId, filter),
    ...(page.after === undefined ? {} : { after: { value: page.after, id: page.after } }),
    limit: page.limit,
  });
  return documents.map(directoryEntry);
};

export const countRecipients = (
  model: ReadModel,
  accountId: AccountId,
  filter: RecipientFilter = {},
): Promise<number> => model.count(whereOf(accountId, filter));

/** Everybody whom the account ever knew, the erased included, by id alone and in order of the ids. */
export async function* everybodyOf(
  model: ReadModel,
  accountId: AccountId,
  pageSize: number,
): AsyncGenerator<readonly RecipientId[], void> {
  for (let after: RecipientId | undefined; ;) {
    const documents = await model.find({
      where: whereOf(accountId, {}),
      ...(after === undefined ? {} : { after: { value: after, id: after } }),
      limit: pageSize,
    });
    const ids = documents.map(({ id }) => id as RecipientId);
    if (ids.length > 0) yield ids;
    if (ids.length < pageSize) return;
    after = ids.at(-1);
  }
}
