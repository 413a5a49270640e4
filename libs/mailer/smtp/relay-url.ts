import { parseConnectionUrl } from 'nodemailer/lib/shared';
import type { SMTPConnectionAuth, SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';

export type RelayAddress = Readonly<{
  connection: SMTPConnectionOptions;
  auth: SMTPConnectionAuth | undefined;
}>;

/** Relays never take longer than this, except to take the message itself. RFC 5321 s. 4.5.3.2 allows 5 to 10 minutes. */
const TIMEOUTS = { connectionTimeout: 15_000, greetingTimeout: 15_000, dnsTimeout: 10_000 };

const isRelayUrl = (text: string): boolean => {
  const url = URL.parse(text);
  return url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== '';
};

/**
 * Reads `ATTESTA_SMTP_URL`: one or several `smtp://user:pass@host:port` or `smtps://…`, by comma, in the
 * order in which they are to be tried. Throws `TypeError` with a sentence that does not repeat the
 * password.
 */
export const parseRelayUrls = (text: string): readonly RelayAddress[] =>
  text.split(',').map((part, index) => {
    const trimmed = part.trim();
    if (!isRelayUrl(trimmed)) {
      throw new TypeError(
        `Relay ${String(index + 1)} is no address such as smtp://user:password@host:587. ` +
          'A comma, @ or / within a password is written %2C, %40 or %2F.',
      );
    }
    const { auth, host, port, secure, tls, ...options } = parseConnectionUrl(trimmed);
    return { connection: { host, port, secure, tls, ...TIMEOUTS, ...options }, auth };
  });
