import { CampaignId, NewsletterId, WordingId } from '#domain/kernel/index';
import {
  Choice,
  Day,
  Flag,
  Id,
  InstantText,
  LanguageTag,
  Nested,
  Text,
  Whole,
} from '../../../http/schema/index.ts';
import { BilingualAnswer } from '../../../http/schema/bilingual.ts';
import { ReasonAnswer } from '../../explain/explain.dto.ts';
import { DossierFormAnswer } from './consent-entry.dto.ts';
import { DossierEventAnswer, hashText } from './dossier-event.dto.ts';
import { DossierListAnswer } from './unsubscription-entry.dto.ts';

export class DossierNewsletterAnswer {
  @Id(NewsletterId)
  newsletterId!: string;

  @Text({ optional: true })
  name?: string;
}

/** What was sent. */
export class DossierContentAnswer {
  @hashText(
    'SHA-256 of the content: of a newsletter’s version, or of the product’s own text of a notice.',
    true,
  )
  hash?: string;

  @Choice(['recorded', 'derived', 'unknown'], {
    description:
      '`recorded`: the sender noted the hash. `derived`: sent by an earlier version of the product; it is that of the version in force at that moment.',
  })
  source!: string;

  @Text({ max: 2_000, optional: true })
  subject?: string;

  @Text({ optional: true, description: 'The event that set this version of the newsletter.' })
  setBy?: string;

  @InstantText({ optional: true })
  setAt?: string;
}

/** The decision that allowed the message, right before it left (C-03, C-04). */
export class DossierGateAnswer {
  @Flag({ description: 'Always true: nothing leaves otherwise.' })
  allow!: boolean;

  @Text({ description: 'As the sender recorded it.' })
  basis!: string;

  @Day({ optional: true, description: 'The last lawful day, as recorded.' })
  lastDay?: string;

  @Text({ description: 'The event that recorded the decision.' })
  eventId!: string;

  @InstantText()
  decidedAt!: string;

  @Nested(() => ReasonAnswer, {
    many: true,
    description: 'Computed again from what the ledger held right before that event.',
  })
  reasons!: ReasonAnswer[];

  @Flag({ description: 'The computation gives what the sender recorded.' })
  confirmed!: boolean;
}

export class DossierOutcomeAnswer {
  @Choice(['sent', 'deferred', 'failed', 'uncertain', 'under-way'])
  status!: string;

  @Text({ optional: true })
  eventId?: string;

  @InstantText({ optional: true })
  at?: string;

  @Text({ max: 2_000, optional: true, description: 'What the receiving server said.' })
  reply?: string;

  @InstantText({ optional: true })
  retryAt?: string;
}

export class DossierAttemptAnswer {
  @Whole({ min: 1 })
  attempt!: number;

  @InstantText({ description: 'When the message was handed over: “sent” in law (CASL s. 6(4)).' })
  at!: string;

  @Text()
  messageId!: string;

  @LanguageTag()
  language!: string;

  @Nested(() => DossierContentAnswer)
  content!: DossierContentAnswer;

  @Nested(() => DossierGateAnswer)
  gate!: DossierGateAnswer;

  @Nested(() => DossierOutcomeAnswer)
  outcome!: DossierOutcomeAnswer;
}

export class DossierSkipAnswer {
  @InstantText()
  at!: string;

  @Text()
  reason!: string;

  @Nested(() => BilingualAnswer)
  text!: BilingualAnswer;

  @Id(CampaignId, { optional: true })
  campaignId?: string;

  @Text()
  eventId!: string;
}

/** One message that was to reach the person, sent or not. */
export class DossierMessageAnswer {
  @Text({ description: 'Key of the delivery; its stream is `delivery-` and this.' })
  delivery!: string;

  @Choice(['newsletter', 'confirmation', 'return-confirmation', 'welcome', 'consent-request'])
  kind!: string;

  @Nested(() => DossierNewsletterAnswer, { optional: true })
  newsletter?: DossierNewsletterAnswer;

  @Id(CampaignId, { optional: true })
  campaignId?: string;

  @Nested(() => DossierFormAnswer, { optional: true })
  form?: DossierFormAnswer;

  @Id(WordingId, { optional: true })
  wordingId?: string;

  @Nested(() => DossierListAnswer, { many: true, description: 'By way of which lists.' })
  lists!: DossierListAnswer[];

  @Choice(['planned', 'skipped', 'attempted', 'sent', 'deferred', 'failed', 'uncertain'])
  status!: string;

  @Nested(() => DossierAttemptAnswer, { many: true })
  attempts!: DossierAttemptAnswer[];

  @Nested(() => DossierSkipAnswer, { many: true })
  skips!: DossierSkipAnswer[];

  @Nested(() => DossierEventAnswer, { many: true })
  events!: DossierEventAnswer[];
}
