import {
  ORGANISATION_TYPES,
  REGIMES,
  type OrganisationType,
  type Regime,
} from '#domain/consent/index';
import { AccountId, WordingId } from '#domain/kernel/index';
import {
  Choice,
  Choices,
  Id,
  LanguageTags,
  Nested,
  Text,
  Whole,
  Wholes,
} from '../http/schema/index.ts';

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

/** How express consent is asked for before an implied one lapses. What is left out is as usual. */
export class ConsentRequestsDto {
  @Id(WordingId, {
    optional: true,
    description: 'What people are asked; the standard request when absent.',
  })
  wordingId?: WordingId;

  @Wholes({
    min: 1,
    max: 365,
    length: 20,
    optional: true,
    description:
      'Days before the last lawful day on which a request is sent by itself; none sends none.',
    example: [60, 30, 7],
  })
  daysBefore?: number[];

  @Whole({
    min: 0,
    max: 365,
    optional: true,
    description: 'From how many days before it newsletters carry a request; 0 puts none in.',
    example: 90,
  })
  blockFromDays?: number;
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

  @Nested(() => ConsentRequestsDto, { optional: true })
  consentRequests?: ConsentRequestsDto;

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

  @Nested(() => ConsentRequestsDto, {
    optional: true,
    description: 'Replaced as a whole: what is left out is as usual again.',
  })
  consentRequests?: ConsentRequestsDto;

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
