import { AccountId, eventCodec } from '#domain/kernel/index';
import { count, object, record, string } from '#domain/kernel/shape';
import { id, sha256 } from '#domain/kernel/shapes-of-values';
import type { WordingEvent } from './events.ts';

const version = { version: count(), texts: record(string()), hash: sha256() };

export const wordingCodec = eventCodec<WordingEvent>({
  WordingCreated: {
    version: 1,
    data: object({ accountId: id(AccountId), purpose: string(), ...version }),
  },
  WordingVersionAdded: { version: 1, data: object(version) },
});
