import { simpleParser, type ParsedMail } from 'mailparser';

/** What one person was sent, in order, as mail programs read it. `received` is what an SMTP server kept. */
export const messagesTo = (
  received: ReadonlyMap<string, readonly string[]>,
  address: string,
): Promise<ParsedMail[]> =>
  Promise.all((received.get(address) ?? []).map((each) => simpleParser(each)));

/** The one message to that address. */
export const messageTo = async (
  received: ReadonlyMap<string, readonly string[]>,
  address: string,
): Promise<ParsedMail> => {
  const [message, ...others] = await messagesTo(received, address);
  if (message === undefined || others.length > 0) {
    throw new Error(`There are ${String(others.length + (message ? 1 : 0))} messages, not one.`);
  }
  return message;
};

/** The values of a header, once for each time that it stands there. */
export const headersOf = (message: ParsedMail, name: string): string[] =>
  message.headerLines
    .filter(({ key }) => key === name.toLowerCase())
    .map(({ line }) =>
      line
        .slice(line.indexOf(':') + 1)
        .replace(/\r?\n\s+/g, ' ')
        .trim(),
    );

/** The address for one-click of RFC 8058. */
export const oneClickOf = (message: ParsedMail): string => {
  const [, url] = /<(https?:[^>]+)>/.exec(headersOf(message, 'list-unsubscribe')[0] ?? '') ?? [];
  if (url === undefined) throw new Error('The message has no address for one-click.');
  return url;
};

/** The address in the body that leads to a page of the product, such as `/u/`. */
export const linkIn = (message: ParsedMail, page: string): string => {
  const hrefs = [...String(message.html).matchAll(/href="([^"]+)"/g)].map(([, href = '']) => href);
  const link = hrefs.find((href) => URL.canParse(href) && new URL(href).pathname.startsWith(page));
  if (link === undefined) throw new Error(`The message has no link to ${page}.`);
  return link;
};
