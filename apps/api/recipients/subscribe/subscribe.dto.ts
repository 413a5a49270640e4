import { ListId } from '#domain/kernel/index';
import { Ids, LanguageTag, Nested, Shaped, Text, Values } from '../../http/schema/index.ts';
import { ConsentDto } from '../consent.dto.ts';
import { PrivacyBasisDto } from '../recipient.dto.ts';

export const JURISDICTION = /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/;
export const NOT_A_JURISDICTION =
  'must be a country or a part of one by ISO 3166, such as CA-QC, CA or FR';

export class SubscribeDto {
  @Text({ max: 320 })
  email!: string;

  @LanguageTag({ optional: true, description: "The account's first language when absent." })
  language?: string;

  @Values({
    optional: true,
    removable: true,
    description: 'Values of custom fields; null takes one away.',
  })
  fields?: Record<string, string | number | boolean | null>;

  @Ids(ListId, { optional: true })
  listIds?: ListId[];

  @Shaped(JURISDICTION, { optional: true, message: NOT_A_JURISDICTION })
  jurisdiction?: string;

  @Nested(() => ConsentDto, { optional: true })
  consent?: ConsentDto;

  @Nested(() => PrivacyBasisDto, { optional: true })
  privacyBasis?: PrivacyBasisDto;
}
