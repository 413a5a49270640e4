import type { StreamDefinition } from '#domain/kernel/index';
import { newsletterCodec } from './codec.ts';
import type { NewsletterCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { NewsletterEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { NewsletterRejection } from './rejections.ts';
import { NO_NEWSLETTER, type Newsletter } from './state.ts';

export const newsletterStream: StreamDefinition<
  NewsletterCommand,
  Newsletter,
  NewsletterEvent,
  NewsletterRejection
> = {
  category: 'newsletter',
  initialState: NO_NEWSLETTER,
  evolve,
  decide,
  codec: newsletterCodec,
};

export type { CreateNewsletter, NewsletterCommand, SetNewsletterVersion } from './commands.ts';
export type {
  NewsletterBody,
  NewsletterCreated,
  NewsletterEvent,
  NewsletterVersion,
  NewsletterVersionSet,
} from './events.ts';
export type { NewsletterRejection, NewsletterRejectionCode } from './rejections.ts';
export type { Newsletter } from './state.ts';
