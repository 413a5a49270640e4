import { AccountId, eventCodec } from '#domain/kernel/index';
import { count, either, mustFit, object, record, string } from '#domain/kernel/shape';
import { id, sha256 } from '#domain/kernel/shapes-of-values';
import type { WordingEvent } from './events.ts';

const version = { version: count(), texts: record(string()), hash: sha256() };
const created = { accountId: id(AccountId), ...version };
/** Before a purpose could be said by language. */
const createdV1 = object({ ...created, purpose: string() });

export const wordingCodec = eventCodec<WordingEvent>(
  {
    WordingCreated: {
      version: 2,
      data: object({ ...created, purpose: either(string(), record(string())) }),
    },
    WordingVersionAdded: { version: 1, data: object(version) },
  },
  {
    'WordingCreated.v1': (data) => ({
      type: 'WordingCreated',
      data: mustFit(createdV1, data, 'WordingCreated.v1 data'),
    }),
  },
);
