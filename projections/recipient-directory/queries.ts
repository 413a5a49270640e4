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
  listId?: ListId;
  status?: RecipientStatus;
  /** Words, each the beginning of an address, a domain, or a word of a field. */
  text?: string;
}>;

const WORDS = 5;

const whereOf = (accountId: AccountId, filter: RecipientFilter): readonly Comparison[] => {
  const { listId, status, text = '' } = filter;
  const words = text
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, WORDS);
  return [
    { field: 'accountId', op: 'eq', value: accountId },
    ...(listId === undefined ? [] : [equal('subscribedLists', listId)]),
    ...(status === undefined ? [] : [equal('status', status)]),
    ...words.map((word): Comparison => {
      const value = /[@.]/.test(word) ? word.toLowerCase() : folded(word);
      return { field: 'search', op: 'prefix', value };
    }),
  ];
};

const equal = (field: string, value: string): Comparison => ({ field, op: 'eq', value });

export type DirectoryPage = Readonly<{
  /** The last recipient of the page before. */
  after?: Pick<DirectoryEntry, 'id' | 'createdPosition'> | undefined;
  limit: number;
}>;

/** Recipients of an account in the order in which it came to know them. */
export const findRecipients = async (
  model: ReadModel,
  accountId: AccountId,
  filter: RecipientFilter,
  { after, limit }: DirectoryPage,
): Promise<readonly DirectoryEntry[]> => {
  const documents = await model.find({
    where: whereOf(accountId, filter),
    sort: { field: 'createdPosition', direction: 'asc' },
    ...(after === undefined ? {} : { after: { value: after.createdPosition, id: after.id } }),
    limit,
  });
  return documents.map(directoryEntry);
};

export const countRecipients = (
  model: ReadModel,
  accountId: AccountId,
  filter: RecipientFilter = {},
): Promise<number> => model.count(whereOf(accountId, filter));

/** Everybody whom the account ever knew, the erased included, in the order in which it came to know them. */
export async function* everybodyOf(
  model: ReadModel,
  accountId: AccountId,
  pageSize: number,
): AsyncGenerator<readonly RecipientId[], void> {
  for (let after: DirectoryEntry | undefined; ;) {
    const page = await findRecipients(model, accountId, {}, { after, limit: pageSize });
    if (page.length > 0) yield page.map(({ id }) => id);
    if (page.length < pageSize) return;
    after = page.at(-1);
  }
}
