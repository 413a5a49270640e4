import type { Refusal } from '#domain/kernel/index';

export type NewsletterRejectionCode =
  | 'newsletter-exists'
  | 'unknown-newsletter'
  | 'name-missing'
  | 'subject-missing'
  | 'body-missing'
  | 'text-missing'
  | 'language-unknown';
export type NewsletterRejection = Refusal<NewsletterRejectionCode>;

export const NEWSLETTER_EXISTS: NewsletterRejection = {
  code: 'newsletter-exists',
  message: 'This newsletter exists already. Change it instead, or create another one.',
};
export const UNKNOWN_NEWSLETTER: NewsletterRejection = {
  code: 'unknown-newsletter',
  message: 'There is no such newsletter. Look up the id among the newsletters of the account.',
};
