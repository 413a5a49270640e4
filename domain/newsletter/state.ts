import type { AccountId, Language, Texts } from '#domain/kernel/index';
import type { NewsletterVersion } from './events.ts';

/** A newsletter and its current version in each language, in the order in which they were first set. */
export type Newsletter =
  | Readonly<{ status: 'none' }>
  | Readonly<{
      status: 'draft';
      accountId: AccountId;
      name: string;
      subject?: Texts;
      versions: ReadonlyMap<Language, NewsletterVersion>;
    }>;

export const NO_NEWSLETTER: Newsletter = { status: 'none' };
