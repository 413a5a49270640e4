import {
  IMPLIED_BASES,
  MESSAGE_CLASSES,
  REASON_CODES,
  REASON_REGIMES,
  type MessageClass,
} from '#domain/consent/index';
import { ListId } from '#domain/kernel/index';
import { BilingualAnswer } from '../../http/schema/bilingual.ts';
import {
  Choice,
  Day,
  Flag,
  Id,
  InstantText,
  Nested,
  Text,
  TextList,
  ReadQuery,
} from '../../http/schema/index.ts';

export class AtQuery extends ReadQuery {
  @InstantText({ optional: true, description: 'Past, present or future; now when absent.' })
  at?: string;
}

export class ExplainQuery extends AtQuery {
  @Id(ListId, {
    optional: true,
    description: 'Mail to this list; whether we may write at all when absent.',
  })
  listId?: ListId;

  @Choice(MESSAGE_CLASSES, { optional: true, description: '`commercial` when absent.' })
  class?: MessageClass;
}

export class ReasonAnswer {
  @Choice(REASON_CODES)
  code!: string;

  @Choice(REASON_REGIMES, { description: 'The body of law that it speaks for.' })
  regime!: string;

  @Text({ description: 'The rule of the product.' })
  rule!: string;

  @Text({ description: 'The section of law.' })
  section!: string;

  @Nested(() => BilingualAnswer)
  text!: BilingualAnswer;

  @TextList({ description: 'The events that it rests on.' })
  eventIds!: string[];
}

export class ExplainAnswer {
  @Flag()
  allow!: boolean;

  @InstantText()
  at!: string;

  @Choice(['express', ...IMPLIED_BASES, 'transactional', 'reply'], { optional: true })
  basis?: string;

  @Day({
    optional: true,
    description: 'The last lawful day, inclusive; absent when there is no end.',
  })
  lastDay?: string;

  @Nested(() => ReasonAnswer, { many: true })
  reasons!: ReasonAnswer[];
}
