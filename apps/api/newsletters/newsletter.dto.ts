import { NewsletterId, RecipientId } from '#domain/kernel/index';
import {
  Choice,
  Flag,
  Id,
  LanguageTag,
  LanguageTags,
  Nested,
  Shaped,
  Text,
  TextList,
  TextsByLanguage,
  Whole,
} from '../http/schema/index.ts';

/** As much as fits the body limit: mail clients cut off far shorter messages. */
const BODY = 500_000;

export class CreateNewsletterDto {
  @Text({ max: 200 })
  name!: string;

  @TextsByLanguage({
    max: 500,
    optional: true,
    description: 'A first idea of the subject by language.',
  })
  subject?: Record<string, string>;
}

export class SetVersionDto {
  @Text({ max: 500, description: 'Liquid.' })
  subject!: string;

  @Text({
    max: 500,
    optional: true,
    description: 'Liquid; what mail clients show beside the subject.',
  })
  preheader?: string;

  @Text({
    max: BODY,
    optional: true,
    description:
      'MJML with Liquid. Give this or `html`. Name `sender.block` and `links.unsubscribe`; name `consent.block` where the request for express consent is to stand, else it stands last.',
  })
  mjml?: string;

  @Text({
    max: BODY,
    optional: true,
    description: 'HTML with Liquid, named as in `mjml`. Give this or `mjml`.',
  })
  html?: string;

  @Text({
    max: BODY,
    optional: true,
    description: 'Plain text with Liquid; derived from the HTML when absent.',
  })
  text?: string;
}

export class VersionQuery {
  @Shaped(/^[0-9a-f]{64}$/, {
    optional: true,
    message: 'must be the hash of a version',
    description: 'Of the version that was in force then; the one in force now when absent.',
  })
  hash?: string;
}

export class VersionAnswer {
  @LanguageTag()
  language!: string;

  @Text()
  subject!: string;

  @Text({ optional: true })
  preheader?: string;

  @Text({ max: BODY, optional: true })
  mjml?: string;

  @Text({ max: BODY, optional: true })
  html?: string;

  @Text({ max: BODY, optional: true })
  text?: string;

  @Shaped(/^[0-9a-f]{64}$/, {
    message: 'is a hash',
    description: 'SHA-256 of the content: proves what was sent.',
  })
  hash!: string;
}

export class NewsletterAnswer {
  @Id(NewsletterId)
  id!: string;

  @Text()
  name!: string;

  @Choice(['draft'])
  status!: string;

  @TextsByLanguage({ optional: true })
  subject?: Record<string, string>;

  @LanguageTags({ description: 'The languages that have a version.' })
  versions!: string[];

  @Whole()
  revision!: number;
}

export class PreviewDto {
  @Id(RecipientId, { description: 'Whose values are filled in.' })
  recipientId!: RecipientId;

  @LanguageTag({ optional: true, description: "The recipient's own when absent." })
  language?: string;

  @Flag({
    optional: true,
    description:
      'Show the request for express consent even where the newsletter would not carry it to this recipient now.',
  })
  consentRequest?: boolean;
}

export class PreviewAnswer {
  @LanguageTag()
  language!: string;

  @Text({ min: 0 })
  subject!: string;

  @Text({ min: 0, max: 5_000_000 })
  html!: string;

  @Text({ min: 0, max: 5_000_000 })
  text!: string;
}

export class TestDto {
  @TextList({
    min: 1,
    max: 10,
    length: 254,
    description: 'Addresses of people who check the newsletter.',
  })
  to!: string[];

  @LanguageTag({ optional: true, description: 'Every language that has a version when absent.' })
  language?: string;
}

export class TestMessageAnswer {
  @Whole({ description: 'Index of the address in `to`.' })
  to!: number;

  @LanguageTag()
  language!: string;

  @Choice(['accepted', 'deferred', 'refused', 'unknown'])
  status!: string;

  @Text({ optional: true, description: 'What the relay said, as a code.' })
  reply?: string;
}

export class TestAnswer {
  @Nested(() => TestMessageAnswer, { many: true })
  messages!: TestMessageAnswer[];
}
