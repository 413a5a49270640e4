import { AccountId, eventCodec } from '#domain/kernel/index';
import { boolean, object, optional, record, string } from '#domain/kernel/shape';
import { id } from '#domain/kernel/shapes-of-values';
import type { ListEvent } from './events.ts';

const texts = record(string());

export const listCodec = eventCodec<ListEvent>({
  ListCreated: {
    version: 1,
    data: object({
      accountId: id(AccountId),
      name: texts,
      description: optional(texts),
      visible: boolean(),
    }),
  },
  ListChanged: {
    version: 1,
    data: object({
      name: optional(texts),
      description: optional(texts),
      visible: optional(boolean()),
    }),
  },
});
