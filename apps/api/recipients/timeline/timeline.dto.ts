import { WordingId } from '#domain/kernel/index';
import { BilingualAnswer } from '../../http/schema/bilingual.ts';
import {
  Choice,
  Id,
  InstantText,
  LanguageTag,
  Nested,
  OpenMap,
  PageQuery,
  Shaped,
  Text,
  TextList,
  Whole,
} from '../../http/schema/index.ts';

export class TimelineQuery extends PageQuery {
  @InstantText({ optional: true, description: 'As the ledger knew it at that instant.' })
  at?: string;
}

export class ActorAnswer {
  @Choice(['recipient', 'user', 'staff', 'operator', 'api-client', 'system'])
  kind!: string;

  @Text({ optional: true })
  id?: string;
}

export class TimelineItemAnswer {
  @Text({ max: 2_048, description: 'An X-Position.' })
  position!: string;

  @Text()
  eventId!: string;

  @Text()
  type!: string;

  @InstantText()
  occurredAt!: string;

  @InstantText()
  recordedAt!: string;

  @Nested(() => ActorAnswer)
  actor!: ActorAnswer;

  @Text()
  channel!: string;

  @Nested(() => BilingualAnswer)
  summary!: BilingualAnswer;

  @OpenMap(true, {
    description: 'What the event says; what was personal is gone after an erasure.',
  })
  data!: Record<string, unknown>;

  @OpenMap(true, { description: 'What the change rests on.' })
  evidence!: Record<string, unknown>;

  @Id(WordingId, { optional: true })
  wordingId?: string;

  @Whole({ min: 1, optional: true })
  wordingVersion?: number;

  @LanguageTag({ optional: true, description: 'Of the words that the person read.' })
  wordingLanguage?: string;

  @Shaped(/^[0-9a-f]{64}$/, {
    optional: true,
    message: 'is a hash',
    description: 'Of the exact text: `GET /v1/wordings/{wordingId}/statements/{statementHash}`.',
  })
  statementHash?: string;

  @TextList({ optional: true, description: 'Parts that are not shown any more.' })
  masked?: string[];
}
