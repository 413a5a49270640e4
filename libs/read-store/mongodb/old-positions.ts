import type { Mongo } from '#libs/mongodb/index';
import { documentsOf, generationRows } from './generation-list.ts';
import { DELETED_AT, LIVE } from './stored-document.ts';

/** Nobody who is that late writes: see how a batch is applied. */
const KEPT_MILLISECONDS = 3_600_000;
const WITHIN_MILLISECONDS = 60_000;

/**
 * Removes the positions of what was deleted more than an hour ago, in the generations that have some. One after the
 * other, as a large one may take a while.
 */
export const removeOldPositions = async (mongo: Mongo): Promise<void> => {
  const before = new Date(Date.now() - KEPT_MILLISECONDS);
  const rows = await mongo.attempt((database) =>
    generationRows(database)
      .find({ deletedAt: { $exists: true } })
      .toArray(),
  );
  for (const { _id: id, deletedAt } of rows) {
    if (deletedAt === undefined) continue;
    await mongo.attempt(async (database) => {
      // What a deleted document leaves is at the beginning of every index.
      await documentsOf(database, id).deleteMany({ [LIVE]: null, [DELETED_AT]: { $lt: before } });
      if (deletedAt >= before) return;
      // Unless something was deleted in the meantime.
      await generationRows(database).updateOne(
        { _id: id, deletedAt },
        { $unset: { deletedAt: '' } },
      );
    }, WITHIN_MILLISECONDS);
  }
};
