import { RecipientId } from '#domain/kernel/index';
import { Choice, Id, InstantText, Text, Whole } from '../../http/schema/index.ts';

export class UndoAnswer {
  @Choice(['running', 'done'])
  status!: string;

  @InstantText()
  requestedAt!: string;

  @InstantText({ optional: true })
  finishedAt?: string;

  @Whole({ description: 'Rows of the file whose changes were looked at.' })
  rows!: number;

  @Whole({
    description: 'People whose changes by the import were taken back, all or some of them.',
  })
  compensated!: number;

  @Whole({ description: 'People of whom something was left, because it was changed since.' })
  left!: number;

  @Whole({ description: 'People to whom a message was sent since the import began.' })
  sentSince!: number;
}

export class LeftAnswer {
  @Id(RecipientId)
  recipientId!: string;

  @Text({
    description:
      'What was left: `recipient` (that the person is known), `language`, `jurisdiction`, `privacyBasis`, `consent`, `unsubscribed`, `invalid`, `pending`, `fields.<key>`, `lists.<id>`, or `message`.',
  })
  what!: string;

  @Choice(['changed-since', 'erased', 'sent-since'])
  why!: string;

  @Text({ optional: true, description: 'Type of the event that changed it since.' })
  event?: string;
}
