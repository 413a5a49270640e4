import { eventCodec } from '#domain/kernel/index';
import { array, boolean, object, oneOf, optional, record, string } from '#domain/kernel/shape';
import { FIELD_TYPES, type FieldEvent } from './events.ts';

export const fieldsCodec = eventCodec<FieldEvent>({
  FieldDefined: {
    version: 1,
    data: object({
      key: string(),
      type: oneOf(...FIELD_TYPES),
      label: record(string()),
      hidden: boolean(),
      sensitive: boolean(),
      choices: optional(array(string())),
    }),
  },
});
