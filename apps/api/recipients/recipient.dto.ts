import { IMPLIED_BASES, PRIVACY_BASES, type PrivacyBasisKind } from '#domain/consent/index';
import { ListId, RecipientId } from '#domain/kernel/index';
import {
  Choice,
  Day,
  Id,
  InstantText,
  LanguageTag,
  Nested,
  Text,
  TextList,
  Values,
  Whole,
} from '../http/schema/index.ts';

export const STATUSES = [
  'active',
  'unconfirmed',
  'unsubscribed',
  'complained',
  'invalid',
  'erased',
  'restricted',
] as const;

export class PrivacyBasisDto {
  @Choice(PRIVACY_BASES)
  kind!: PrivacyBasisKind;
}

export class MembershipAnswer {
  @Id(ListId)
  listId!: string;

  @Choice(['subscribed', 'unconfirmed', 'unsubscribed'])
  status!: string;

  @InstantText()
  since!: string;
}

export class ConsentAnswer {
  @Choice(['express', 'implied', 'none'])
  kind!: string;

  @Choice(IMPLIED_BASES, { optional: true })
  basis?: string;

  @Day({ optional: true, description: 'The civil date that the clock of the law starts on.' })
  date?: string;

  @Day({ optional: true, description: 'The last lawful day; absent when there is no end.' })
  lastDay?: string;
}

export class RemarkAnswer {
  @Text()
  path!: string;

  @Text()
  code!: string;

  @Text()
  message!: string;
}

export class RecipientAnswer {
  @Id(RecipientId)
  id!: string;

  @Text({ max: 254 })
  email!: string;

  @LanguageTag()
  language!: string;

  @Choice(STATUSES)
  status!: string;

  @Text({ max: 10, optional: true, description: 'ISO 3166.' })
  jurisdiction?: string;

  @Values()
  fields!: Record<string, unknown>;

  @Nested(() => MembershipAnswer, { many: true })
  lists!: MembershipAnswer[];

  @Nested(() => ConsentAnswer)
  consent!: ConsentAnswer;

  @Nested(() => PrivacyBasisDto, { optional: true })
  privacyBasis?: PrivacyBasisDto;

  @Choice(['off', 'aggregate', 'hygiene', 'individual'])
  tracking!: string;

  @InstantText({ optional: true })
  subscribedAt?: string;

  @InstantText({ optional: true })
  lastChangeAt?: string;

  @TextList({
    optional: true,
    description: 'Which values are not shown: they read as • or are left out.',
  })
  masked?: string[];

  @Nested(() => RemarkAnswer, {
    many: true,
    optional: true,
    description: 'What was recorded otherwise than it was sent, and why.',
  })
  remarks?: RemarkAnswer[];

  @Whole()
  revision!: number;
}
