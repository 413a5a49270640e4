import { RecipientId } from '#domain/kernel/index';
import { Choice, Id, Nested, Text, Whole } from '../../http/schema/index.ts';

export class FaultAnswer {
  @Text({ min: 0 })
  path!: string;

  @Text()
  code!: string;

  @Text()
  message!: string;
}

export class BatchItemAnswer {
  @Whole({ description: 'Index of the item in the request, from 0.' })
  index!: number;

  @Choice(['created', 'updated', 'unchanged', 'refused'])
  outcome!: 'created' | 'updated' | 'unchanged' | 'refused';

  @Id(RecipientId, { optional: true })
  id?: string;

  @Text({
    optional: true,
    description: 'Why it was refused, or recorded otherwise than it was sent.',
  })
  code?: string;

  @Text({ optional: true })
  message?: string;

  @Nested(() => FaultAnswer, { many: true, optional: true })
  errors?: FaultAnswer[];
}

export class BatchAnswer {
  @Nested(() => BatchItemAnswer, { many: true })
  items!: BatchItemAnswer[];
}
