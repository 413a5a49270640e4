export type { DeliveryOutcome, Mailer, OutgoingMessage } from './port.ts';
export { mailboxMailer, type MailboxOptions } from './mailbox/mailbox-mailer.ts';
export type {
  Mailbox,
  MailboxEntry,
  MailboxMailer,
  MailboxMessage,
  SubjectSeal,
} from './mailbox/port.ts';
export { smtpMailer, type SmtpMailerOptions } from './smtp/smtp-mailer.ts';
