import { ListId } from '#domain/kernel/index';
import { Flag, Id, TextsByLanguage, Whole } from '../http/schema/index.ts';

export class CreateListDto {
  @TextsByLanguage({ max: 200, example: { fr: 'Nouvelles', en: 'News' } })
  name!: Record<string, string>;

  @TextsByLanguage({ max: 2_000, optional: true })
  description?: Record<string, string>;

  @Flag({
    optional: true,
    description: 'Shown to recipients on their preference page; true when absent.',
  })
  visible?: boolean;
}

export class ChangeListDto {
  @TextsByLanguage({ max: 200, optional: true })
  name?: Record<string, string>;

  @TextsByLanguage({ max: 2_000, optional: true })
  description?: Record<string, string>;

  @Flag({ optional: true })
  visible?: boolean;
}

export class ListAnswer {
  @Id(ListId)
  id!: string;

  @TextsByLanguage()
  name!: Record<string, string>;

  @TextsByLanguage({ optional: true })
  description?: Record<string, string>;

  @Flag()
  visible!: boolean;

  @Whole()
  revision!: number;
}
