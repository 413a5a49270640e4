import { AccountId, eventCodec, ListId, WordingId } from '#domain/kernel/index';
import { array, boolean, object, oneOf, optional, record, string } from '#domain/kernel/shape';
import { id } from '#domain/kernel/shapes-of-values';
import type { FormEvent } from './events.ts';

const texts = record(string());
const listIds = array(id(ListId));
const wordingId = id(WordingId);
const optIn = oneOf('single', 'double');
const fields = array(
  object({
    key: string(),
    required: boolean(),
    hidden: boolean(),
    value: optional(string()),
  }),
);
const welcome = object({ enabled: boolean(), subject: optional(texts), text: optional(texts) });

export const formCodec = eventCodec<FormEvent>({
  FormCreated: {
    version: 1,
    data: object({
      accountId: id(AccountId),
      name: string(),
      title: optional(texts),
      introduction: optional(texts),
      listIds,
      chooseLists: boolean(),
      fields,
      wordingId,
      optIn,
      welcome,
    }),
  },
  FormChanged: {
    version: 1,
    data: object({
      name: optional(string()),
      title: optional(texts),
      introduction: optional(texts),
      listIds: optional(listIds),
      chooseLists: optional(boolean()),
      fields: optional(fields),
      wordingId: optional(wordingId),
      optIn: optional(optIn),
      welcome: optional(welcome),
    }),
  },
});
