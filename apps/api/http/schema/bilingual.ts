import { Text } from './properties.ts';

/** A text of the product itself, in both of its languages. */
export class BilingualAnswer {
  @Text({ max: 5_000 })
  fr!: string;

  @Text({ max: 5_000 })
  en!: string;
}
