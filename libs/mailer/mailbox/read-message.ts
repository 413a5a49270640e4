import type { AddressObject, ParsedMail } from 'mailparser';
import type { MailboxEntry, MailboxMessage } from './port.ts';

type Place = Pick<MailboxEntry, 'id' | 'number' | 'accountId' | 'arrivedAt'>;

const addressText = (address: AddressObject | AddressObject[] | undefined): string =>
  [address ?? []]
    .flat()
    .map(({ text }) => text)
    .join(', ');

const headersOf = (mail: ParsedMail): (readonly [string, string])[] =>
  mail.headerLines.map(({ line }) => {
    const colon = line.indexOf(':');
    return [
      line.slice(0, colon),
      line
        .slice(colon + 1)
        .replace(/\r?\n\s+/g, ' ')
        .trim(),
    ] as const;
  });

/** A stored message as people read it. */
export const readMessage = async (place: Place, source: Uint8Array): Promise<MailboxMessage> => {
  const buffer = Buffer.from(source);
  // Loaded when somebody reads the mailbox: most starts never do.
  const { simpleParser } = await import('mailparser');
  const mail = await simpleParser(buffer, { skipTextToHtml: true, skipHtmlToText: true });
  return {
    ...place,
    from: addressText(mail.from),
    to: addressText(mail.to),
    subject: mail.subject ?? '',
    headers: headersOf(mail),
    ...(mail.html === false || mail.html === undefined ? {} : { html: mail.html }),
    ...(mail.text === undefined ? {} : { text: mail.text }),
    source: buffer.toString('utf8'),
  };
};

/** The part of a message before its body, which is all that a list of messages shows. */
export const headOf = (source: Uint8Array): Uint8Array => {
  const end = Buffer.from(source).indexOf('\r\n\r\n');
  return end < 0 ? source : source.subarray(0, end + 4);
};
