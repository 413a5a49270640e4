import { WordingId } from '#domain/kernel/index';
import { Id, Nested, Shaped, TextOrTexts, TextsByLanguage, Whole } from '../http/schema/index.ts';

export class AddWordingVersionDto {
  @TextsByLanguage({ description: 'The exact words that people see, by language.' })
  texts!: Record<string, string>;
}

export class CreateWordingDto extends AddWordingVersionDto {
  @TextOrTexts({
    max: 500,
    description: 'What consent is asked for: one text, or one by language.',
  })
  purpose!: string | Record<string, string>;
}

export class WordingVersionAnswer {
  @Whole({ min: 1 })
  version!: number;

  @TextsByLanguage()
  texts!: Record<string, string>;

  @Shaped(/^[0-9a-f]{64}$/, {
    message: 'is a hash',
    description: 'SHA-256 of the canonical JSON (RFC 8785) of `texts`.',
  })
  hash!: string;
}

export class WordingAnswer extends WordingVersionAnswer {
  @Id(WordingId)
  id!: string;

  @TextOrTexts()
  purpose!: string | Record<string, string>;

  @Nested(() => WordingVersionAnswer, {
    many: true,
    description: 'All versions, the oldest first.',
  })
  versions!: WordingVersionAnswer[];

  @Whole()
  revision!: number;
}
