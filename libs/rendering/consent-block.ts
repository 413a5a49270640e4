import { escapeHtml } from './ready-text.ts';

/** What a newsletter says to somebody whose implied consent comes to its end (CON-4, C-16). */
export type ConsentQuestion = Readonly<{
  /** Why the person is written to, in words of theirs: "your purchase or lease, on May 1, 2025". */
  relation?: string;
  /** The last day that allows it, in words. */
  lastDay: string;
  /** What they are asked to agree to, in the words of the account. */
  question: string;
  /** The page that shows the whole request and takes the answer. Opening it changes nothing (C-20). */
  url: string;
}>;

/** `consent.block` of the template values, for each part of a message. */
export type ConsentBlock = Readonly<{ html: string; text: string }>;

const WORDS = {
  fr: {
    title: 'Souhaitez-vous encore recevoir nos messages\u00a0?',
    because: (relation: string, lastDay: string) =>
      `Nous vous écrivons en raison de ce qui nous lie\u00a0: ${relation}. Nous pouvons le faire jusqu’au ${lastDay} inclus.`,
    until: (lastDay: string) => `Nous pouvons vous écrire jusqu’au ${lastDay} inclus.`,
    after: 'Ensuite nous cesserons, sauf si vous acceptez que nous continuions.',
    question: (words: string) => `La question\u00a0: «\u00a0${words}\u00a0»`,
    answer: 'Lire la question et répondre',
    separator: '\u00a0: ',
    free: 'Ouvrir la page ne vous engage à rien. Un consentement peut être retiré en tout temps.',
  },
  en: {
    title: 'Would you still like to hear from us?',
    because: (relation: string, lastDay: string) =>
      `We write to you because of what lies between us: ${relation}. We may do so until ${lastDay} inclusive.`,
    until: (lastDay: string) => `We may write to you until ${lastDay} inclusive.`,
    after: 'Then we stop, unless you agree.',
    question: (words: string) => `The question: “${words}”`,
    answer: 'Read the question and answer',
    separator: ': ',
    free: 'Opening the page commits you to nothing. Consent can be withdrawn at any time.',
  },
};

type Lines = Readonly<{
  title: string;
  why: string;
  question: string;
  answer: string;
  separator: string;
  free: string;
}>;

const linesOf = (
  { relation, lastDay, question }: ConsentQuestion,
  language: 'fr' | 'en',
): Lines => {
  const { because, until, after, question: asked, ...words } = WORDS[language];
  const why = relation === undefined ? until(lastDay) : because(relation, lastDay);
  return { ...words, why: `${why} ${after}`, question: asked(question) };
};

const TABLE = 'role="presentation" cellpadding="0" cellspacing="0" border="0"';
const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const paragraph = (text: string, style: string): string =>
  `<p style="margin:0 0 12px;${FONT};${style}">${escapeHtml(text)}</p>`;

/**
 * Tables and inline styles, since mail programs know little else; colours of its own, since nobody knows what
 * it stands on. The button's cell is coloured too: not every program pads a link.
 */
const htmlOf = (lines: Lines, url: string, language: 'fr' | 'en'): string =>
  [
    `<div role="region" aria-label="${escapeHtml(lines.title)}" lang="${language}">`,
    `<table ${TABLE} width="100%"><tr><td align="center" style="padding:16px 8px;">`,
    `<table ${TABLE} width="600" style="width:100%;max-width:600px;background-color:#ffffff;border-collapse:separate;border:1px solid #c4c9d2;border-radius:8px;">`,
    '<tr><td align="left" bgcolor="#ffffff" style="padding:24px;border-radius:8px;">',
    `<h2 style="margin:0 0 12px;${FONT};font-size:19px;font-weight:700;line-height:1.35;color:#1f2430;">${escapeHtml(lines.title)}</h2>`,
    paragraph(lines.why, 'font-size:16px;line-height:1.55;color:#1f2430;'),
    paragraph(lines.question, 'font-size:16px;line-height:1.55;color:#1f2430;'),
    `<table ${TABLE} style="margin:4px 0 16px;"><tr><td bgcolor="#0b57d0" style="border-radius:6px;">`,
    `<a href="${escapeHtml(url)}" style="display:inline-block;padding:12px 24px;${FONT};font-size:16px;font-weight:600;line-height:1.25;color:#ffffff;text-decoration:none;border-radius:6px;">${escapeHtml(lines.answer)}</a>`,
    '</td></tr></table>',
    `<p style="margin:0;${FONT};font-size:14px;line-height:1.5;color:#4a5160;">${escapeHtml(lines.free)}</p>`,
    '</td></tr></table>',
    '</td></tr></table>',
    '</div>',
  ].join('\n');

const RULE = '-'.repeat(40);

const textOf = (lines: Lines, url: string): string =>
  [
    RULE,
    lines.title,
    '',
    lines.why,
    '',
    lines.question,
    '',
    `${lines.answer}${lines.separator}${url}`,
    lines.free,
    RULE,
  ].join('\n');

/** The request for express consent as newsletters carry it, in French or English. */
export const consentBlock = (question: ConsentQuestion, language: string): ConsentBlock => {
  const ours = language.split('-', 1)[0] === 'fr' ? 'fr' : 'en';
  const lines = linesOf(question, ours);
  return { html: htmlOf(lines, question.url, ours), text: textOf(lines, question.url) };
};
