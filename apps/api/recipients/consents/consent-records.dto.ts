import { IMPLIED_BASES } from '#domain/consent/index';
import { CONSENT_STATES } from '#domain/recipient/index';
import { Choice, Day, InstantText, Nested, Text, Whole } from '../../http/schema/index.ts';

export class ConsentRecordAnswer {
  @Text({ description: 'The event that recorded it.' })
  eventId!: string;

  @Whole({ description: 'Revision of the event in the stream of the recipient.' })
  revision!: number;

  @Choice(['express', 'implied'])
  kind!: string;

  @Choice(IMPLIED_BASES, { optional: true })
  basis?: string;

  @Day({ description: 'The civil date that the clock of the law starts on.' })
  date!: string;

  @Day({
    optional: true,
    description:
      'The first day on which a message may rest on it; absent while a relationship lasts.',
  })
  firstDay?: string;

  @Day({ optional: true, description: 'The last one, inclusive; absent when there is no end.' })
  lastDay?: string;

  @Choice(CONSENT_STATES, {
    description: 'What a renewal superseded counts until its own last day still.',
  })
  state!: string;

  @InstantText({ optional: true, description: 'When it was withdrawn or superseded.' })
  endedAt?: string;

  @InstantText()
  recordedAt!: string;
}

export class ConsentRecordsAnswer {
  @Nested(() => ConsentRecordAnswer, { many: true, description: 'The latest first.' })
  items!: ConsentRecordAnswer[];
}
