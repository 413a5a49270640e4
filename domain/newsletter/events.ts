import type { AccountId, Event, Language } from '#domain/kernel/index';

/** The content of one language. `hash` (SHA-256, hex) proves later what was sent. */
export type NewsletterVersion = Readonly<{
  language: Language;
  subject: string;
  preheader?: string;
  body: Readonly<{ kind: 'mjml'; mjml: string }> | Readonly<{ kind: 'html'; html: string }>;
  text?: string;
  hash: string;
}>;
export type NewsletterCreated = Event<
  'NewsletterCreated',
  { accountId: AccountId; name: string; subject?: Readonly<Record<string, string>> }
>;
export type NewsletterVersionSet = Event<'NewsletterVersionSet', NewsletterVersion>;
export type NewsletterEvent = NewsletterCreated | NewsletterVersionSet;

export type CreateNewsletter = Readonly<{
  type: 'CreateNewsletter';
  accountId: AccountId;
  name: string;
  subject?: Readonly<Record<string, string>>;
}>;
export type SetNewsletterVersion = Readonly<{
  type: 'SetNewsletterVersion';
  version: NewsletterVersion;
}>;
export type NewsletterCommand = CreateNewsletter | SetNewsletterVersion;
