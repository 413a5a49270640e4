import { decryptUnder, encryptUnder, type Keyring } from '#libs/keyring/index';
import {
  mailboxMailer,
  smtpMailer,
  type Mailbox,
  type Mailer,
  type SubjectSeal,
} from '#libs/mailer/index';
import type { Config } from './config.ts';

/** How mail leaves; `mailbox` is there when it does not leave at all. */
export type OpenMailer = Readonly<{ mailer: Mailer; mailbox?: Mailbox }>;

/** Mail in the built-in mailbox is encrypted under the key of the person it is for. */
const subjectSeal = (keyring: Keyring): SubjectSeal => ({
  seal: async (subject, plain, place) => {
    const [key] = await keyring.ensure([subject]);
    if (key === undefined) throw new Error('The keyring made no key.');
    return encryptUnder(key, plain, place);
  },
  open: async (sealed) => {
    const keys = await keyring.find(sealed.map(({ subject }) => subject));
    return sealed.map(({ bytes, place }, index) => decryptUnder(keys[index], bytes, place));
  },
});

/** The relays that the configuration names, or the built-in mailbox when it names none. */
export const openMailer = (
  { smtpUrls, dataDirectory }: Pick<Config, 'smtpUrls' | 'dataDirectory'>,
  keyring: Keyring,
): OpenMailer => {
  if (smtpUrls.length > 0) {
    return { mailer: smtpMailer({ urls: smtpUrls.map(({ href }) => href).join(',') }) };
  }
  const mailer = mailboxMailer({ directory: dataDirectory, seal: subjectSeal(keyring) });
  return { mailer, mailbox: mailer };
};
