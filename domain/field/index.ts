import type { StreamDefinition } from '#domain/kernel/index';
import { fieldsCodec } from './codec.ts';
import type { FieldCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { FieldEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { FieldRejection } from './rejections.ts';
import { NO_FIELDS, type Fields } from './state.ts';

/** One stream an account: `fields-<accountId>`. */
export const fieldsStream: StreamDefinition<FieldCommand, Fields, FieldEvent, FieldRejection> = {
  category: 'fields',
  initialState: NO_FIELDS,
  evolve,
  decide,
  codec: fieldsCodec,
};

export type { DefineField, FieldCommand } from './commands.ts';
export {
  FIELD_TYPES,
  type Field,
  type FieldDefined,
  type FieldEvent,
  type FieldType,
} from './events.ts';
export type { FieldRejection, FieldRejectionCode } from './rejections.ts';
export type { Fields } from './state.ts';
export { sensitiveValueIn, type SensitiveKind } from './sensitive-values.ts';
export { checkFieldValue, type CheckedValue, type ValueRefusalCode } from './values.ts';
