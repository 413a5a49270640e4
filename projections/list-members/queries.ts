import type { ListId, RecipientId } from '#domain/kernel/index';
import type { ReadModel } from '#libs/read-store/port';

const FIELDS = {
  subscribed: 'subscribedLists',
  unconfirmed: 'unconfirmedLists',
  unsubscribed: 'unsubscribedLists',
} as const;
export type ListStanding = keyof typeof FIELDS;

/** Members of a list in order of their ids, after one of them. */
export const membersOfList = async (
  model: ReadModel,
  listId: ListId,
  page: Readonly<{ after?: RecipientId; limit: number; standing?: ListStanding }>,
): Promise<readonly RecipientId[]> => {
  const documents = await model.find({
    where: [{ field: FIELDS[page.standing ?? 'subscribed'], op: 'eq', value: listId }],
    ...(page.after === undefined ? {} : { after: { value: page.after, id: page.after } }),
    limit: page.limit,
  });
  return documents.map(({ id }) => id as RecipientId);
};

export const countMembers = (
  model: ReadModel,
  listId: ListId,
  standing: ListStanding = 'subscribed',
): Promise<number> => model.count([{ field: FIELDS[standing], op: 'eq', value: listId }]);
