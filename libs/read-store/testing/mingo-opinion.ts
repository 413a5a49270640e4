import { Query as MingoQuery } from 'mingo';
import { updateOne } from 'mingo/updater';
import type { Change, Document } from '../change.ts';
import type { Batch, Comparison } from '../port.ts';
import type { Derive } from '../projection.ts';

/** Documents as mingo, which knows MongoDB's operators and nothing of this program, makes and finds them. */
export type MingoOpinion = Readonly<{
  apply: (batch: Batch) => void;
  documents: () => readonly Document[];
  idsOf: (where: readonly Comparison[]) => readonly string[];
}>;

type Stored = Record<string, unknown> & { id: string };

/** One value at a time: mingo takes a value twice that is twice in one list, which MongoDB does not. */
const added = (part: Readonly<Record<string, readonly (string | number)[]>>): readonly object[] =>
  Object.entries(part).flatMap(([field, values]) => [
    { $addToSet: { [field]: { $each: [] } } },
    ...values.map((value) => ({ $addToSet: { [field]: value } })),
  ]);

const partsOf = (change: Extract<Change, { op: 'upsert' }>): readonly object[] => {
  const each = (part: Readonly<Record<string, unknown>> | undefined, operator: string) =>
    Object.fromEntries(
      Object.entries(part ?? {}).map(([field, values]) => [field, { [operator]: values }]),
    );
  return [
    { $set: change.set ?? {} },
    { $unset: Object.fromEntries((change.unset ?? []).map((field) => [field, ''])) },
    { $inc: change.inc ?? {} },
    { $max: change.max ?? {} },
    ...added(change.addToSet ?? {}),
    { $pull: each(change.pull, '$in') },
  ].filter((part) =>
    Object.values(part).some((fields) => Object.keys(fields as object).length > 0),
  );
};

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

const conditionOf = ({ field, op, value }: Comparison): Record<string, unknown> => ({
  [field]: op === 'prefix' ? { $regex: `^${escaped(value)}` } : { [`$${op}`]: value },
});

export const mingoOpinion = (derive: Derive | undefined): MingoOpinion => {
  const collection: Stored[] = [];
  const applyChange = (change: Change): void => {
    const at = collection.findIndex(({ id }) => id === change.id);
    if (change.op === 'delete') {
      if (at >= 0) collection.splice(at, 1);
      return;
    }
    if (at < 0) collection.push({ id: change.id });
    for (const part of partsOf(change))
      updateOne(collection, { id: change.id }, structuredClone(part));
  };
  const addDerived = (id: string): void => {
    const document = collection.find((each) => each.id === id);
    if (document === undefined) return;
    for (const [name, value] of Object.entries(derive?.(document as Document) ?? {})) {
      if (value === undefined) Reflect.deleteProperty(document, name);
      else document[name] = value;
    }
  };
  return {
    apply: (batch) => {
      const changes = batch.changes.flatMap((each) => each.changes);
      changes.forEach(applyChange);
      for (const id of new Set(changes.map((change) => change.id))) addDerived(id);
    },
    documents: () => structuredClone(collection) as unknown as readonly Document[],
    idsOf: (where) =>
      new MingoQuery(where.length === 0 ? {} : { $and: where.map(conditionOf) })
        .find<Stored>(collection)
        .all()
        .map(({ id }) => id),
  };
};
