import { AccountId, eventCodec } from '#domain/kernel/index';
import { object, oneOf, optional, record, string, variant } from '#domain/kernel/shape';
import { id, language, sha256 } from '#domain/kernel/shapes-of-values';
import type { NewsletterBody, NewsletterEvent } from './events.ts';

const body = variant<NewsletterBody>('kind', {
  mjml: object({ kind: oneOf('mjml'), mjml: string() }),
  html: object({ kind: oneOf('html'), html: string() }),
});

export const newsletterCodec = eventCodec<NewsletterEvent>({
  NewsletterCreated: {
    version: 1,
    data: object({
      accountId: id(AccountId),
      name: string(),
      subject: optional(record(string())),
    }),
  },
  NewsletterVersionSet: {
    version: 1,
    data: object({
      language: language(),
      subject: string(),
      preheader: optional(string()),
      body,
      text: optional(string()),
      hash: sha256(),
    }),
  },
});
