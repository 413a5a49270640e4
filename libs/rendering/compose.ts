import { randomBytes } from 'node:crypto';
import { headerDate, headerLine, mailbox, unstructured } from './header.ts';
import type { Filled, TransferEncoding } from './holed-template.ts';
import type { MessageHead } from './port.ts';

/** What is the same in each message of a version: boundary and part headers. */
export type Frame = Readonly<{ beforeText: Buffer; beforeHtml: Buffer; end: Buffer }>;

const partHead = (type: string, encoding: TransferEncoding): string =>
  `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`;

/**
 * Makes the fixed frame of a message with a text and an HTML part. `=_` occurs in no quoted-printable or
 * base64 text, so the boundary can never be met inside a part. Source: RFC 2045 s. 6.7, RFC 2046 s. 5.1.
 */
export const frame = (language: string, text: TransferEncoding, html: TransferEncoding): Frame => {
  const boundary = `=_${randomBytes(15).toString('base64url')}`;
  const top =
    headerLine('Content-Language', language) +
    'MIME-Version: 1.0\r\n' +
    `Content-Type: multipart/alternative;\r\n boundary="${boundary}"\r\n\r\n`;
  return {
    beforeText: Buffer.from(`${top}--${boundary}\r\n${partHead('text/plain', text)}`),
    beforeHtml: Buffer.from(`\r\n--${boundary}\r\n${partHead('text/html', html)}`),
    end: Buffer.from(`\r\n--${boundary}--\r\n`),
  };
};

const ADDRESS = /^[^\s<>,;:"()[\]\\]+@[^\s<>,;:"()[\]\\]+$/;

/** Addresses come from people: one that could begin another header or a second recipient is a bug upstream. */
const plainAddress = (address: string): string => {
  if (!ADDRESS.test(address)) throw new TypeError('Not a plain address.');
  return address;
};

const headerBlock = (head: MessageHead, subject: string): string =>
  headerLine('From', mailbox(head.from.name, plainAddress(head.from.address))) +
  (head.replyTo === undefined ? '' : headerLine('Reply-To', plainAddress(head.replyTo))) +
  headerLine('To', plainAddress(head.to)) +
  headerLine('Subject', unstructured(subject)) +
  headerLine('Date', headerDate(head.date)) +
  headerLine('Message-ID', `<${head.messageId}>`) +
  head.extra.map(([name, value]) => headerLine(name, value)).join('');

/** Joins head, frame and filled parts to the bytes that go on the wire. */
export const composeMessage = (
  head: MessageHead,
  message: Readonly<{ frame: Frame; subject: string; text: Filled; html: Filled }>,
): Buffer =>
  Buffer.concat([
    Buffer.from(headerBlock(head, message.subject)),
    message.frame.beforeText,
    ...message.text.encoded,
    message.frame.beforeHtml,
    ...message.html.encoded,
    message.frame.end,
  ]);
