import {
  ORGANISATION_TYPES,
  REGIMES,
  type OrganisationType,
  type Regime,
} from '#domain/consent/index';
import { AccountId } from '#domain/kernel/index';
import { Choice, Choices, Id, LanguageTags, Nested, Text, Whole } from '../http/schema/index.ts';

export class SenderDto {
  @Text({ max: 200, description: 'The name under which the sender does business.' })
  name!: string;

  @Text({ max: 254, description: 'Where mail comes from.' })
  email!: string;

  @Text({ max: 500 })
  postalAddress!: string;

  @Text({ max: 50, optional: true })
  phone?: string;

  @Text({
    max: 254,
    optional: true,
    description:
      'Where people reach the sender; `email` when neither this, phone nor web is given.',
  })
  contactEmail?: string;

  @Text({ max: 500, optional: true })
  web?: string;

  @Text({ max: 200, optional: true, description: 'On whose behalf the sender writes.' })
  onBehalfOf?: string;
}

export class PrivacyOfficerDto {
  @Text({ max: 200 })
  title!: string;

  @Text({ max: 254 })
  email!: string;
}

export class OpenAccountDto {
  @Text({ max: 200 })
  name!: string;

  @Text({ max: 64, description: 'IANA time zone.', example: 'America/Toronto' })
  timeZone!: string;

  @LanguageTags({ min: 1, description: 'The one to fall back on first.', example: ['fr', 'en'] })
  languages!: string[];

  @Choices(REGIMES, { min: 1 })
  regimes!: Regime[];

  @Choice(ORGANISATION_TYPES)
  organisationType!: OrganisationType;

  @Nested(() => SenderDto)
  sender!: SenderDto;

  @Nested(() => PrivacyOfficerDto)
  privacyOfficer!: PrivacyOfficerDto;
}

export class ChangeAccountDto {
  @Text({ max: 200, optional: true })
  name?: string;

  @Text({ max: 64, optional: true })
  timeZone?: string;

  @LanguageTags({ min: 1, optional: true })
  languages?: string[];

  @Choices(REGIMES, { min: 1, optional: true })
  regimes?: Regime[];

  @Choice(ORGANISATION_TYPES, { optional: true })
  organisationType?: OrganisationType;

  @Nested(() => SenderDto, { optional: true })
  sender?: SenderDto;

  @Nested(() => PrivacyOfficerDto, { optional: true })
  privacyOfficer?: PrivacyOfficerDto;
}

export class AccountAnswer extends OpenAccountDto {
  @Id(AccountId)
  id!: string;

  @Whole()
  revision!: number;
}
