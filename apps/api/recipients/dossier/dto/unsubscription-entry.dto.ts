import { ListId } from '#domain/kernel/index';
import {
  Choice,
  Flag,
  Id,
  InstantText,
  Nested,
  Text,
  TextList,
  TextsByLanguage,
} from '../../../http/schema/index.ts';
import { STATUSES } from '../../recipient.dto.ts';
import { DossierFactAnswer } from './dossier-event.dto.ts';

export class DossierListAnswer {
  @Id(ListId)
  listId!: string;

  @TextsByLanguage({ optional: true })
  name?: Record<string, string>;
}

/** A message that did not leave because of an unsubscription. */
export class DossierStoppedAnswer {
  @Text({ description: 'The delivery: its entry under `messages`.' })
  delivery!: string;

  @Text()
  eventId!: string;

  @InstantText()
  at!: string;

  @Text()
  reason!: string;
}

/** What was done about a request to be left alone, in the same moment. */
export class DossierActionsAnswer {
  @Choice(STATUSES)
  statusBefore!: string;

  @Choice(STATUSES)
  statusAfter!: string;

  @Nested(() => DossierListAnswer, { many: true, description: 'Lists that the person was on.' })
  listsLeft!: DossierListAnswer[];

  @TextList({ description: 'Events of the consents that ended with it.' })
  consentsEnded!: string[];

  @Flag({ description: 'A subscription that waited for confirmation was dropped.' })
  pendingDropped!: boolean;
}

/** A request to be left alone, and all that followed from it (C-29). */
export class DossierUnsubscriptionAnswer extends DossierFactAnswer {
  @Choice(['unsubscription', 'complaint', 'consent-withdrawn', 'lists-left'])
  kind!: string;

  @Choice(['all', 'lists', 'consent'], { description: 'What was refused.' })
  scope!: string;

  @Nested(() => DossierListAnswer, { many: true, description: 'The lists that were named.' })
  lists!: DossierListAnswer[];

  @InstantText({ description: 'When it was processed: when the ledger took it in.' })
  processedAt!: string;

  @Nested(() => DossierActionsAnswer)
  actions!: DossierActionsAnswer;

  @Nested(() => DossierStoppedAnswer, {
    many: true,
    max: 100_000,
    description: 'Messages that did not leave because of it, until the next entry.',
  })
  stopped!: DossierStoppedAnswer[];

  @Text({
    optional: true,
    description: 'The later event by which the person may be written to again.',
  })
  liftedBy?: string;
}
