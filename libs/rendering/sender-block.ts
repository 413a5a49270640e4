import { escapeHtml } from './ready-text.ts';

/** Who sends, as the law wants it said in each message. Source: SOR/2012-36 s. 2 (C-21). */
export type SenderIdentity = Readonly<{
  name: string;
  postalAddress: string;
  phone?: string;
  contactEmail?: string;
  web?: string;
  onBehalfOf?: string;
}>;

/** `sender.block` of the template values, for each part of a message. */
export type SenderBlock = Readonly<{ html: string; text: string }>;

const WORDS = {
  fr: { onBehalfOf: 'Envoyé au nom de', phone: 'Téléphone', email: 'Courriel', web: 'Site web' },
  en: { onBehalfOf: 'Sent on behalf of', phone: 'Telephone', email: 'E-mail', web: 'Web site' },
};

const linesOf = (sender: SenderIdentity, language: string): readonly string[] => {
  const words = language.startsWith('fr') ? WORDS.fr : WORDS.en;
  const separator = words === WORDS.fr ? '\u00a0: ' : ': ';
  const labelled = (label: string, value: string | undefined): string[] =>
    value === undefined ? [] : [`${label}${separator}${value}`];
  return [
    sender.name,
    ...(sender.onBehalfOf === undefined ? [] : [`${words.onBehalfOf} ${sender.onBehalfOf}`]),
    ...sender.postalAddress.split(/\r?\n/).map((line) => line.trim()),
    ...labelled(words.phone, sender.phone),
    ...labelled(words.email, sender.contactEmail),
    ...labelled(words.web, sender.web),
  ].filter((line) => line !== '');
};

/** The sender's identity, postal address and ways to be reached, in French or English. */
export const senderBlock = (sender: SenderIdentity, language: string): SenderBlock => {
  const lines = linesOf(sender, language);
  return { html: lines.map(escapeHtml).join('<br>\n'), text: lines.join('\n') };
};
