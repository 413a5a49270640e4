import { shapedBy } from '../http/schema/shaping.ts';
import { FormId, ListId, WordingId } from '#domain/kernel/index';
import {
  Choice,
  Flag,
  Id,
  Ids,
  Nested,
  Text,
  TextsByLanguage,
  Whole,
} from '../http/schema/index.ts';

export class FormFieldDto {
  @Text({ max: 40 })
  key!: string;

  @Flag({ optional: true, description: 'False when absent.' })
  required?: boolean;

  @Flag({ optional: true, description: 'Filled with `value` and not shown; false when absent.' })
  hidden?: boolean;

  @Text({ max: 500, optional: true, description: 'The value of a hidden field.' })
  value?: string;
}

/** The key of a field alone stands for the field as it is. */
const FieldKeys = (): PropertyDecorator =>
  shapedBy((fields) =>
    Array.isArray(fields)
      ? fields.map((field: unknown) => (typeof field === 'string' ? { key: field } : field))
      : fields,
  );

export class WelcomeDto {
  @Flag({ optional: true, description: 'True when absent.' })
  enabled?: boolean;

  @TextsByLanguage({ max: 200, optional: true })
  subject?: Record<string, string>;

  @TextsByLanguage({ max: 10_000, optional: true })
  text?: Record<string, string>;
}

const PRE_TICKED =
  'The box of consent is never ticked beforehand: true is refused (`pre-ticked-box`).';

export class CreateFormDto {
  @Text({ max: 200 })
  name!: string;

  @TextsByLanguage({ max: 200, optional: true })
  title?: Record<string, string>;

  @TextsByLanguage({ max: 2_000, optional: true })
  introduction?: Record<string, string>;

  @Ids(ListId, { min: 1 })
  listIds!: ListId[];

  @Flag({
    optional: true,
    description: 'The person chooses among the lists; false when absent: all of them.',
  })
  chooseLists?: boolean;

  @Nested(() => FormFieldDto, {
    many: true,
    max: 50,
    optional: true,
    description: 'Custom fields to ask for; none when absent.',
  })
  @FieldKeys()
  fields?: FormFieldDto[];

  @Id(WordingId)
  wordingId!: WordingId;

  @Choice(['single', 'double'])
  optIn!: 'single' | 'double';

  @Nested(() => WelcomeDto, { optional: true, description: 'The welcome mail; sent when absent.' })
  welcome?: WelcomeDto;

  @Flag({ optional: true, description: PRE_TICKED })
  preTicked?: boolean;
}

export class ChangeFormDto {
  @Text({ max: 200, optional: true })
  name?: string;

  @TextsByLanguage({ max: 200, optional: true })
  title?: Record<string, string>;

  @TextsByLanguage({ max: 2_000, optional: true })
  introduction?: Record<string, string>;

  @Ids(ListId, { min: 1, optional: true })
  listIds?: ListId[];

  @Flag({ optional: true })
  chooseLists?: boolean;

  @Nested(() => FormFieldDto, { many: true, max: 50, optional: true })
  @FieldKeys()
  fields?: FormFieldDto[];

  @Id(WordingId, { optional: true })
  wordingId?: WordingId;

  @Choice(['single', 'double'], { optional: true })
  optIn?: 'single' | 'double';

  @Nested(() => WelcomeDto, { optional: true })
  welcome?: WelcomeDto;

  @Flag({ optional: true, description: PRE_TICKED })
  preTicked?: boolean;
}

export class FormFieldAnswer {
  @Text()
  key!: string;

  @Flag()
  required!: boolean;

  @Flag()
  hidden!: boolean;

  @Text({ optional: true })
  value?: string;
}

export class WelcomeAnswer {
  @Flag()
  enabled!: boolean;

  @TextsByLanguage({ optional: true })
  subject?: Record<string, string>;

  @TextsByLanguage({ optional: true })
  text?: Record<string, string>;
}

export class FormAnswer {
  @Id(FormId)
  id!: string;

  @Text()
  name!: string;

  @TextsByLanguage({ optional: true })
  title?: Record<string, string>;

  @TextsByLanguage({ optional: true })
  introduction?: Record<string, string>;

  @Ids(ListId)
  listIds!: string[];

  @Flag()
  chooseLists!: boolean;

  @Nested(() => FormFieldAnswer, { many: true })
  fields!: FormFieldAnswer[];

  @Id(WordingId)
  wordingId!: string;

  @Choice(['single', 'double'])
  optIn!: string;

  @Nested(() => WelcomeAnswer)
  welcome!: WelcomeAnswer;

  @Text({ max: 2_000, description: 'Where people find the form.' })
  url!: string;

  @Whole()
  revision!: number;
}
