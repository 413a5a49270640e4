import type { AccountId, Instant, JsonObject, Position } from '#domain/kernel/index';
import type { Comparison, ReadModel } from '#libs/read-store/port';
import type { CatalogueKind } from './projection.ts';

export type CatalogueEntry = Readonly<{
  /** Id of the resource; of a field, the account's id, a dot and the field's key. */
  id: string;
  accountId: AccountId;
  kind: CatalogueKind;
  createdPosition: Position;
  createdAt: Instant;
  /** What is small and clear of the resource. */
  resource: JsonObject;
  /** Of a newsletter: the languages it has a version in. */
  languages?: readonly string[];
}>;

export type CataloguePage = Readonly<{
  after?: Pick<CatalogueEntry, 'id' | 'createdPosition'>;
  limit: number;
  direction?: 'asc' | 'desc';
}>;

const page = async (
  model: ReadModel,
  where: readonly Comparison[],
  { after, limit, direction = 'asc' }: CataloguePage,
): Promise<readonly CatalogueEntry[]> => {
  const documents = await model.find({
    where,
    sort: { field: 'createdPosition', direction },
    ...(after === undefined ? {} : { after: { value: after.createdPosition, id: after.id } }),
    limit,
  });
  return documents as unknown as readonly CatalogueEntry[];
};

/** Resources of one kind of an account, in the order they were made. */
export const listResources = (
  model: ReadModel,
  accountId: AccountId,
  kind: CatalogueKind,
  options: CataloguePage,
): Promise<readonly CatalogueEntry[]> =>
  page(
    model,
    [
      { field: 'accountId', op: 'eq', value: accountId },
      { field: 'kind', op: 'eq', value: kind },
    ],
    options,
  );

/** Resources of one kind of all accounts: the accounts themselves, or work that is waiting. */
export const listOfAllAccounts = (
  model: ReadModel,
  kind: CatalogueKind,
  options: CataloguePage,
): Promise<readonly CatalogueEntry[]> =>
  page(model, [{ field: 'kind', op: 'eq', value: kind }], options);
