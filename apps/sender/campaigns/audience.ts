import type { ListId, RecipientId } from '#domain/kernel/index';
import { membersOfList } from '#projections/list-members/index';
import type { ReadModel } from '#libs/read-store/port';

const PAGE = 1_000;

/** Members of one list in order of their ids, after one of them. */
async function* membersOf(
  model: ReadModel,
  listId: ListId,
  begin: RecipientId | undefined,
): AsyncGenerator<RecipientId> {
  let after = begin;
  for (;;) {
    const page = await membersOfList(model, listId, {
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    yield* page;
    after = page.at(-1);
    if (page.length < PAGE) return;
  }
}

type Source = { readonly members: AsyncGenerator<RecipientId>; next: RecipientId };

const begin = async (members: AsyncGenerator<RecipientId>): Promise<Source[]> => {
  const first = await members.next();
  return first.done === true ? [] : [{ members, next: first.value }];
};

/** Who is on at least one of the lists, each person once, in batches and in order of their ids, after one of them. */
export async function* audienceOf(
  model: ReadModel,
  listIds: readonly ListId[],
  { batchSize, after }: Readonly<{ batchSize: number; after?: RecipientId | undefined }>,
): AsyncGenerator<readonly RecipientId[]> {
  let sources = (
    await Promise.all(listIds.map((listId) => begin(membersOf(model, listId, after))))
  ).flat();
  let batch: RecipientId[] = [];
  while (sources.length > 0) {
    const lowest = sources.reduce((a, b) => (b.next < a.next ? b : a)).next;
    batch.push(lowest);
    const left: Source[] = [];
    for (const source of sources) {
      if (source.next !== lowest) left.push(source);
      else left.push(...(await begin(source.members)));
    }
    sources = left;
    if (batch.length >= batchSize) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
