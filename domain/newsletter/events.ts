import type { AccountId, Event, Language, Texts } from '#domain/kernel/index';

export type NewsletterBody =
  Readonly<{ kind: 'mjml'; mjml: string }> | Readonly<{ kind: 'html'; html: string }>;

/** The content of one language. `hash` (SHA-256, hex) proves later what was sent. */
export type NewsletterVersion = Readonly<{
  language: Language;
  subject: string;
  preheader?: string;
  body: NewsletterBody;
  text?: string;
  hash: string;
}>;
export type NewsletterCreated = Event<
  'NewsletterCreated',
  { accountId: AccountId; name: string; subject?: Texts }
>;
export type NewsletterVersionSet = Event<'NewsletterVersionSet', NewsletterVersion>;
export type NewsletterEvent = NewsletterCreated | NewsletterVersionSet;
