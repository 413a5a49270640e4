import { AccountAnswer } from '../../../accounts/account.dto.ts';
import {
  Choice,
  Constant,
  Id,
  InstantText,
  Nested,
  Text,
  TextsByLanguage,
  Whole,
} from '../../../http/schema/index.ts';
import { ListId } from '#domain/kernel/index';
import {
  PROOF_FORMATS,
  PROOF_LANGUAGES,
  type ProofFormat,
  type ProofLanguage,
} from '../../proof/proof-forms.ts';
import { ExplainAnswer } from '../../explain/explain.dto.ts';
import { RecipientAnswer } from '../../recipient.dto.ts';
import { DossierConsentAnswer } from './consent-entry.dto.ts';
import { DossierFactAnswer } from './dossier-event.dto.ts';
import { DossierMessageAnswer } from './message-entry.dto.ts';
import { DossierUnsubscriptionAnswer } from './unsubscription-entry.dto.ts';

export class DossierQuery {
  @Choice(PROOF_FORMATS, {
    optional: true,
    description: 'By `Accept` when absent: `text/html` is a page that prints well.',
  })
  format?: ProofFormat;

  @Choice(PROOF_LANGUAGES, {
    optional: true,
    description: 'Of the page; by `Accept-Language`, then the account’s first when absent.',
  })
  language?: ProofLanguage;
}

export class DossierCountsAnswer {
  @Whole()
  consents!: number;

  @Whole()
  unsubscriptions!: number;

  @Whole({ description: 'Messages that a receiving server took.' })
  sent!: number;

  @Whole({ description: 'Messages that were skipped, and no campaign sent since.' })
  skipped!: number;

  @Whole({ description: 'All messages, whatever became of them.' })
  messages!: number;

  @Whole({ description: 'Events of the person’s own stream.' })
  events!: number;
}

export class DossierMembershipAnswer {
  @Id(ListId)
  listId!: string;

  @TextsByLanguage({ optional: true })
  name?: Record<string, string>;

  @Choice(['subscribed', 'unconfirmed', 'unsubscribed', 'left'])
  status!: string;

  @InstantText()
  since!: string;

  @Text({ optional: true, description: 'The event that says so.' })
  eventId?: string;
}

/** All that the ledger holds of one person, for whoever has to prove consent (C-29). */
export class DossierAnswer {
  @Constant('attesta-consent-dossier/1')
  format!: string;

  @InstantText({ description: 'As of when.' })
  asOf!: string;

  @Text({
    max: 2_048,
    description: 'The position of the ledger up to which it is complete, an X-Position.',
  })
  position!: string;

  @Nested(() => DossierCountsAnswer)
  counts!: DossierCountsAnswer;

  @Nested(() => RecipientAnswer)
  recipient!: RecipientAnswer;

  @Nested(() => AccountAnswer, { description: 'Who asks for consent and sends.' })
  account!: AccountAnswer;

  @Nested(() => ExplainAnswer, { description: 'May a commercial message be sent, as of then?' })
  permission!: ExplainAnswer;

  @Nested(() => DossierMembershipAnswer, { many: true })
  lists!: DossierMembershipAnswer[];

  @Nested(() => DossierConsentAnswer, { many: true, description: 'The oldest first.' })
  consents!: DossierConsentAnswer[];

  @Nested(() => DossierFactAnswer, {
    many: true,
    description:
      'Everything else about consent: requests, refusals, withdrawals, renewals, lapses, claims that could not stand.',
  })
  aroundConsent!: DossierFactAnswer[];

  @Nested(() => DossierUnsubscriptionAnswer, { many: true })
  unsubscriptions!: DossierUnsubscriptionAnswer[];

  @Nested(() => DossierMessageAnswer, { many: true, max: 1_000_000 })
  messages!: DossierMessageAnswer[];

  @Nested(() => DossierFactAnswer, {
    many: true,
    description: 'The basis to use the data under privacy law: a record apart from consent.',
  })
  privacyBases!: DossierFactAnswer[];

  @Nested(() => DossierFactAnswer, {
    many: true,
    description: 'Whether reading may be followed: a record apart too.',
  })
  tracking!: DossierFactAnswer[];

  @Nested(() => DossierFactAnswer, {
    many: true,
    description: 'Erasures; what was personal before one is gone.',
  })
  erasures!: DossierFactAnswer[];

  @Nested(() => DossierFactAnswer, {
    many: true,
    max: 1_000_000,
    description: 'Every event of the person’s own stream, in the order it was recorded.',
  })
  events!: DossierFactAnswer[];
}
