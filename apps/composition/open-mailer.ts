import type { Logger } from 'pino';
import { subjectSeal, type Keyring } from '#libs/keyring/index';
import {
  mailboxMailer,
  smtpMailer,
  type Mailbox,
  type Mailer,
  type SmtpMailerOptions,
} from '#libs/mailer/index';
import type { Config } from './config.ts';

/** How mail leaves; `mailbox` is there when it does not leave at all. */
export type OpenMailer = Readonly<{ mailer: Mailer; mailbox?: Mailbox }>;

/** The relays that the configuration names, or the built-in mailbox when it names none. */
export const openMailer = (
  { smtpUrls, dataDirectory }: Pick<Config, 'smtpUrls' | 'dataDirectory'>,
  keyring: Keyring,
  log: Pick<Logger, 'warn'>,
): OpenMailer => {
  if (smtpUrls.length > 0) {
    const onTrouble: SmtpMailerOptions['onTrouble'] = (relay, trouble) => {
      const details = { event: 'relay-unusable', relay, ...trouble };
      log.warn(
        details,
        'A relay of ATTESTA_SMTP_URL cannot be used; its mail is tried again later.',
      );
    };
    return { mailer: smtpMailer({ urls: smtpUrls.map(({ href }) => href).join(','), onTrouble }) };
  }
  const mailer = mailboxMailer({ directory: dataDirectory, seal: subjectSeal(keyring) });
  return { mailer, mailbox: mailer };
};
