import { WordingId } from '#domain/kernel/index';
import { BilingualAnswer } from '../../../http/schema/bilingual.ts';
import {
  Choice,
  Id,
  InstantText,
  LanguageTag,
  Nested,
  OpenMap,
  Shaped,
  Text,
  TextList,
  TextOrTexts,
  TextsByLanguage,
  Whole,
} from '../../../http/schema/index.ts';

export const hashText = (description: string, optional = false): PropertyDecorator =>
  Shaped(/^[0-9a-f]{64}$/, { message: 'is a hash', description, optional });

export class DossierActorAnswer {
  @Choice(['recipient', 'user', 'staff', 'operator', 'api-client', 'system'])
  kind!: string;

  @Text({ optional: true })
  id?: string;

  @Text({ optional: true, description: 'Of an API key: what the account called it.' })
  name?: string;
}

/** Where the ledger says it: the stream and the revision lead to the very event. */
export class DossierEventAnswer {
  @Text()
  eventId!: string;

  @Text()
  type!: string;

  @Text({ description: 'The stream of the ledger that holds the event.' })
  stream!: string;

  @Whole({ description: 'Place of the event in its stream, from 0.' })
  revision!: number;

  @InstantText({ description: 'When it happened in the world.' })
  occurredAt!: string;

  @InstantText({ description: 'When the ledger took it in.' })
  recordedAt!: string;

  @Nested(() => DossierActorAnswer, { description: 'Who caused it.' })
  actor!: DossierActorAnswer;

  @Text({ description: 'The way by which it arrived.' })
  channel!: string;

  @Nested(() => BilingualAnswer)
  summary!: BilingualAnswer;
}

/** The whole request for consent as one person read it. */
export class DossierStatementAnswer {
  @hashText('SHA-256 of `hashed`.')
  hash!: string;

  @Text({ max: 100_000, optional: true, description: 'The exact text; absent once it is gone.' })
  text?: string;

  @Text({
    max: 200_000,
    optional: true,
    description: 'What the hash is of, byte for byte (UTF-8): canonical JSON (RFC 8785).',
  })
  hashed?: string;
}

/** The wording that a person was shown (C-18). */
export class DossierWordingAnswer {
  @Id(WordingId)
  wordingId!: string;

  @Whole({ min: 1 })
  version!: number;

  @hashText('Of the version: SHA-256 of the canonical JSON of `texts`.')
  hash!: string;

  @LanguageTag({ optional: true, description: 'Of the words that were read.' })
  language?: string;

  @TextOrTexts({ optional: true, description: 'What consent was asked for.' })
  purpose?: string | Record<string, string>;

  @TextsByLanguage({ optional: true, description: 'The version, in all its languages.' })
  texts?: Record<string, string>;

  @Nested(() => DossierStatementAnswer, {
    optional: true,
    description: 'What was shown, word for word; absent where no page of the product showed it.',
  })
  statement?: DossierStatementAnswer;
}

/** An event with all that it says. */
export class DossierFactAnswer extends DossierEventAnswer {
  @OpenMap(true, {
    description: 'What the event says; what was personal is gone after an erasure.',
  })
  data!: Record<string, unknown>;

  @OpenMap(true, { description: 'What the change rests on.' })
  evidence!: Record<string, unknown>;

  @Nested(() => DossierWordingAnswer, { optional: true })
  wording?: DossierWordingAnswer;

  @TextList({ optional: true, description: 'Parts that are not shown any more.' })
  masked?: string[];
}
