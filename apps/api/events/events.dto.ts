import { Shaped, Whole } from '../http/schema/index.ts';

export class EventsQuery {
  @Shaped(/^[\w-]{1,2048}$/, {
    optional: true,
    max: 2_048,
    message: 'must be the position of an event, or an X-Position',
    description: 'Events after this position; from the beginning when absent.',
  })
  after?: string;

  @Shaped(/^[A-Za-z]{1,60}(,[A-Za-z]{1,60})*$/, {
    optional: true,
    max: 2_000,
    message: 'must be types of events, separated by commas',
    description: 'Types of events, separated by commas; all when absent.',
  })
  types?: string;

  @Whole({
    optional: true,
    min: 1,
    max: 10_000,
    description: 'How many events; 1,000 when absent.',
  })
  limit?: number;
}
