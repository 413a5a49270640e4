import {
  IMPLIED_BASES,
  MESSAGE_CLASSES,
  REASON_CODES,
  type MessageClass,
} from '#domain/consent/index';
import { ListId, RecipientId } from '#domain/kernel/index';
import {
  Choice,
  Choices,
  Day,
  Flag,
  Id,
  InstantText,
  Nested,
  OpenMap,
  Whole,
} from '../http/schema/index.ts';
import { CHANGES } from './difference.ts';

class AboutQuery {
  @Id(ListId, {
    optional: true,
    description: 'Mail to this list; mail to no list in particular when absent.',
  })
  listId?: ListId;

  @Choice(MESSAGE_CLASSES, { optional: true, description: '`commercial` when absent.' })
  class?: MessageClass;
}

export class MailableQuery extends AboutQuery {
  @InstantText({ optional: true, description: 'Past, present or future; now when absent.' })
  at?: string;
}

export class DifferenceQuery extends AboutQuery {
  @InstantText({ description: 'The earlier instant.' })
  from!: string;

  @InstantText({ description: 'The later instant; may be in the future.' })
  to!: string;
}

/** How often each code was the weightiest reason. */
const ByReason = (): PropertyDecorator =>
  OpenMap(
    { type: 'integer', minimum: 1 },
    { description: 'People by their weightiest reason, the most frequent first.' },
  );

export class AnswerInShortAnswer {
  @Flag()
  allow!: boolean;

  @Choice(['express', ...IMPLIED_BASES, 'transactional', 'reply'], { optional: true })
  basis?: string;

  @Day({ optional: true, description: 'The last lawful day, inclusive.' })
  lastDay?: string;

  @Choices(REASON_CODES, { description: 'The weightiest first.' })
  reasons!: string[];
}

export class MailableLineAnswer extends AnswerInShortAnswer {
  @Id(RecipientId)
  recipientId!: RecipientId;
}

export class MailableTotals {
  @InstantText()
  at!: string;

  @Whole()
  allowed!: number;

  @Whole()
  denied!: number;

  @ByReason()
  byReason!: Record<string, number>;
}

export class MailableSummaryAnswer {
  @Nested(() => MailableTotals)
  summary!: MailableTotals;
}

export class DifferenceLineAnswer {
  @Id(RecipientId)
  recipientId!: RecipientId;

  @Choice(CHANGES, {
    description: '`changed`: the same verdict, on another basis, until another day or for others.',
  })
  change!: string;

  @Nested(() => AnswerInShortAnswer)
  from!: AnswerInShortAnswer;

  @Nested(() => AnswerInShortAnswer)
  to!: AnswerInShortAnswer;
}

export class DifferenceTotals {
  @InstantText()
  from!: string;

  @InstantText()
  to!: string;

  @Whole({ description: 'People who could be mailed at the later instant only.' })
  began!: number;

  @Whole({ description: 'People who could be mailed at the earlier instant only.' })
  ended!: number;

  @Whole()
  changed!: number;

  @ByReason()
  byReason!: Record<string, number>;
}

export class DifferenceSummaryAnswer {
  @Nested(() => DifferenceTotals)
  summary!: DifferenceTotals;
}
