import { WordingId } from '#domain/kernel/index';
import { Id, InstantText, LanguageTag, Nested, Shaped, Text, Whole } from '../http/schema/index.ts';

const hash = (description: string): PropertyDecorator =>
  Shaped(/^[0-9a-f]{64}$/, { message: 'is a hash', description });

export class StatementQuery {
  @LanguageTag({
    optional: true,
    description: 'Of the page; the account’s first language when absent.',
  })
  language?: string;
}

/** A request for consent as people read it now. */
export class StatementAnswer {
  @Id(WordingId)
  wordingId!: string;

  @Whole({ min: 1, description: 'Of the wording.' })
  version!: number;

  @LanguageTag()
  language!: string;

  @Text({ max: 100_000, description: 'The exact text, line by line.' })
  text!: string;

  @hash('SHA-256 of the canonical JSON (RFC 8785) of `{language, text}`.')
  hash!: string;
}

export class ShowingAnswer {
  @Whole({ min: 1, description: 'Of the wording.' })
  version!: number;

  @InstantText({ description: 'When somebody agreed to it for the first time.' })
  firstAgreedAt!: string;
}

/** A request for consent that people agreed to, word for word. */
export class KeptStatementAnswer {
  @Id(WordingId)
  wordingId!: string;

  @LanguageTag()
  language!: string;

  @Text({ max: 100_000, description: 'The exact text, line by line.' })
  text!: string;

  @hash('SHA-256 of `hashed`, computed again for this answer.')
  hash!: string;

  @Text({
    max: 200_000,
    description: 'What the hash is of, byte for byte (UTF-8): canonical JSON (RFC 8785).',
  })
  hashed!: string;

  @Nested(() => ShowingAnswer, {
    many: true,
    description: 'The versions of the wording that showed it, the first one first.',
  })
  versions!: ShowingAnswer[];
}
