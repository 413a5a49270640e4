import type { Mongo } from '#libs/mongodb/index';
import type { ModelRef, ReadModel } from '../port.ts';
import { servingId } from './generation-list.ts';
import { generationReader, type GenerationReader } from './generation-reader.ts';

/**
 * Follows promotions. A question goes to the generation that served last time; that it still does is looked up
 * afterwards, as one that does not may have been dropped in the middle of the answer.
 */
export const servedModel = (mongo: Mongo, model: ModelRef): ReadModel => {
  const { database } = mongo;
  let last: string | undefined;
  const ask = <T>(question: (reader: GenerationReader) => Promise<T>, empty: T): Promise<T> =>
    mongo.attempt(async () => {
      last ??= await servingId(database, model);
      for (;;) {
        const asked = last;
        if (asked === undefined) return empty;
        const [answer] = await Promise.allSettled([
          question(generationReader(database, model, asked)),
        ]);
        last = await servingId(database, model);
        if (last !== asked) continue;
        if (answer.status === 'rejected') throw answer.reason;
        return answer.value;
      }
    });
  return {
    get: (id) => ask((reader) => reader.get(id), undefined),
    getMany: (ids) =>
      ask(
        (reader) => reader.getMany(ids),
        ids.map(() => undefined),
      ),
    find: (query) => ask((reader) => reader.find(query), []),
    count: (where) => ask((reader) => reader.count(where), 0),
    checkpoint: () => ask((reader) => reader.checkpoint(), undefined),
  };
};
