import { FIELD_TYPES, type FieldType } from '#domain/field/index';
import { Choice, Flag, Shaped, Text, TextList, TextsByLanguage } from '../http/schema/index.ts';

export class DefineFieldDto {
  @Shaped(/^[a-zA-Z][a-zA-Z0-9_]{0,39}$/, {
    message: 'must begin with a letter and hold letters, digits and _ only, 40 at most',
    max: 40,
    example: 'firstName',
  })
  key!: string;

  @Choice(FIELD_TYPES)
  type!: FieldType;

  @TextsByLanguage({ max: 200 })
  label!: Record<string, string>;

  @Flag({ optional: true, description: 'Never shown on forms; false when absent.' })
  hidden?: boolean;

  @Flag({ optional: true, description: 'Masked for those who may not see it; false when absent.' })
  sensitive?: boolean;

  @TextList({ optional: true, max: 500, description: 'The values to choose from (type `choice`).' })
  choices?: string[];
}

export class FieldAnswer {
  @Text()
  key!: string;

  @Choice(FIELD_TYPES)
  type!: FieldType;

  @TextsByLanguage()
  label!: Record<string, string>;

  @Flag()
  hidden!: boolean;

  @Flag()
  sensitive!: boolean;

  @TextList({ optional: true })
  choices?: string[];
}
