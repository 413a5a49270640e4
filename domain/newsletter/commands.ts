import type { AccountId, Texts } from '#domain/kernel/index';
import type { NewsletterVersion } from './events.ts';

export type CreateNewsletter = Readonly<{
  type: 'CreateNewsletter';
  accountId: AccountId;
  name: string;
  subject?: Texts;
}>;
/** The version's templates compile: whoever issues the command has had them checked (C-22, SND-4). */
export type SetNewsletterVersion = Readonly<{
  type: 'SetNewsletterVersion';
  version: NewsletterVersion;
}>;
export type NewsletterCommand = CreateNewsletter | SetNewsletterVersion;
