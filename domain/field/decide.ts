import { distinct, ok, refuse, sameJson, textsFault, type Result } from '#domain/kernel/index';
import type { FieldCommand } from './commands.ts';
import { FIELD_TYPES, type Field, type FieldEvent } from './events.ts';
import type { FieldRejection } from './rejections.ts';
import type { Fields } from './state.ts';

const KEY = /^[a-zA-Z][a-zA-Z0-9_]{0,39}$/;

export const decide = (
  command: FieldCommand,
  fields: Fields,
): Result<readonly FieldEvent[], FieldRejection> => {
  const field = withDistinctChoices(command.field);
  const before = fields.get(field.key);
  if (sameJson(before, field)) return ok([]);
  const fault = faultOf(field) ?? typeFault(field, before);
  return fault === undefined ? ok([{ type: 'FieldDefined', data: field }]) : refuse(fault);
};

const withDistinctChoices = (field: Field): Field =>
  field.choices === undefined ? field : { ...field, choices: distinct(field.choices) };

const faultOf = (field: Field): FieldRejection | undefined => {
  if (!KEY.test(field.key)) {
    return {
      code: 'field-key-invalid',
      message: 'Begin the key with a letter and use letters, digits and _ only, 40 at most.',
      path: 'key',
    };
  }
  if (!FIELD_TYPES.includes(field.type)) {
    return {
      code: 'field-type-unknown',
      message: `The type is one of ${FIELD_TYPES.join(', ')}.`,
      path: 'type',
    };
  }
  return textsFault(field.label, 'label') ?? choicesFault(field);
};

const choicesFault = ({ type, choices }: Field): FieldRejection | undefined => {
  if (type !== 'choice') {
    return choices === undefined
      ? undefined
      : {
          code: 'choices-not-allowed',
          message: 'Leave choices out, or make the type choice.',
          path: 'choices',
        };
  }
  return choices !== undefined && choices.length > 0 && choices.every((text) => text.trim() !== '')
    ? undefined
    : {
        code: 'choices-missing',
        message: 'Name the values to choose from, none of them blank.',
        path: 'choices',
      };
};

/** Values already stored were read by the old type: another type would make them unreadable. */
const typeFault = (field: Field, before: Field | undefined): FieldRejection | undefined =>
  before === undefined || before.type === field.type
    ? undefined
    : {
        code: 'field-type-fixed',
        message: `This field has the type ${before.type} for ever. Define another key for the new type.`,
        path: 'type',
      };
