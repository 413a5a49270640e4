import { randomUUID } from 'node:crypto';
import type { Mongo } from '#libs/mongodb/index';
import type { Change } from '#libs/read-store/change';
import type { Batch } from '#libs/read-store/port';

type Row = { _id: string };

const parts = (
  operator: string,
  fields: Readonly<Record<string, unknown>> | undefined,
): readonly (readonly [string, object])[] =>
  fields === undefined || Object.keys(fields).length === 0 ? [] : [[operator, fields]];

const wrapped = (
  fields: Readonly<Record<string, unknown>> | undefined,
  operator: string,
): Readonly<Record<string, object>> =>
  Object.fromEntries(
    Object.entries(fields ?? {}).map(([field, value]) => [field, { [operator]: value }]),
  );

const updateOf = (change: Extract<Change, { op: 'upsert' }>, position: string): object =>
  Object.fromEntries([
    ['$set', { ...change.set, position }],
    ...parts('$unset', Object.fromEntries((change.unset ?? []).map((field) => [field, '']))),
    ...parts('$inc', change.inc),
    ...parts('$max', change.max),
    ...parts('$addToSet', wrapped(change.addToSet, '$each')),
    ...parts('$pull', wrapped(change.pull, '$in')),
  ]);

/**
 * A projection as it is written where nobody thinks of batches: the update of each change by itself, awaited, in
 * MongoDB's own operators. No guard against repeats, no derived fields and no checkpoint, which would only make it
 * slower.
 */
export const awaitedUpdates = async (
  { database }: Mongo,
  batches: readonly Batch[],
): Promise<void> => {
  const rows = database.collection<Row>(`awaited-${randomUUID()}`);
  for (const { position, changes } of batches.flatMap((each) => each.changes)) {
    for (const change of changes) {
      if (change.op === 'delete') await rows.deleteOne({ _id: change.id });
      else await rows.updateOne({ _id: change.id }, updateOf(change, position), { upsert: true });
    }
  }
  await rows.drop();
};
