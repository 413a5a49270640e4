import type { ProofLanguage } from '../../proof/proof-forms.ts';
import { Html, html } from '../../../public/html/html.ts';
import type { DossierAnswer } from '../dto/dossier.dto.ts';
import { consentsSection } from './consents-section.ts';
import { personSection, senderSection } from './identity-sections.ts';
import { messagesSection, unsentSection } from './messages-section.ts';
import { permissionSection } from './permission-section.ts';
import { policyFor, styleOf } from './print-style.ts';
import { Reader } from './reader.ts';
import {
  aroundSection,
  checkSection,
  erasureSection,
  eventsSection,
  privacySection,
} from './records-sections.ts';
import { unsubscriptionsSection } from './unsubscriptions-section.ts';
import type { DossierWords } from './words-en.ts';

/** A dossier as a page that stands alone: saved, printed or sent on, it needs nothing else. */
export type DossierPage = Readonly<{
  html: string;
  /** Content-Security-Policy. */ policy: string;
}>;

/** Words that are a text, not made of one. */
type TitleName = {
  [K in keyof DossierWords]: DossierWords[K] extends string ? K : never;
}[keyof DossierWords];

type Section = Readonly<{
  id: string;
  title: TitleName;
  content: (reader: Reader, dossier: DossierAnswer, id: string) => Html;
}>;

const SECTIONS: readonly Section[] = [
  { id: 'person', title: 'person', content: personSection },
  { id: 'sender', title: 'sender', content: senderSection },
  { id: 'permission', title: 'permission', content: permissionSection },
  { id: 'consents', title: 'consents', content: consentsSection },
  { id: 'around', title: 'around', content: aroundSection },
  { id: 'unsubscriptions', title: 'unsubscriptions', content: unsubscriptionsSection },
  { id: 'messages', title: 'messages', content: messagesSection },
  { id: 'unsent', title: 'unsent', content: unsentSection },
  { id: 'privacy', title: 'privacy', content: privacySection },
  { id: 'erasure', title: 'erasures', content: erasureSection },
  { id: 'events', title: 'events', content: eventsSection },
  { id: 'check', title: 'check', content: checkSection },
];

/** The page in French or English: black on white, no script, headings, and heads that repeat on paper. */
export const dossierPage = (dossier: DossierAnswer, language: ProofLanguage): DossierPage => {
  const reader = new Reader(language, dossier.account.timeZone);
  const { words } = reader;
  const asOf = `${words.asOf} ${reader.plainTime(dossier.asOf)}`;
  const style = styleOf(`${words.title} · ${dossier.recipient.id} · ${asOf}`, words.page);
  const whole = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <title>${words.title} – ${dossier.recipient.id}</title>
        ${new Html(`<style>${style}</style>`)}
      </head>
      <body>
        <header>
          <h1>${words.title}</h1>
          <p class="lead">${words.of(dossier.account.sender.name)}</p>
          <p>
            ${words.asOf} ${reader.time(dossier.asOf)}. ${words.timesIn(dossier.account.timeZone)}
          </p>
          ${briefOf(reader, dossier)}
        </header>
        ${contentsOf(reader)}
        <main>${SECTIONS.map(({ id, content }) => content(reader, dossier, id))}</main>
      </body>
    </html>`;
  return { html: whole.toString(), policy: policyFor(style) };
};

const briefOf = ({ words }: Reader, { counts, permission }: DossierAnswer): Html => {
  const count = (number: number, [one = '', many = '']: readonly string[]): Html => {
    const [figure = '', ...rest] = words.counted(number, one, many).split(' ');
    return html`<li><b>${figure}</b> ${rest.join(' ')}</li>`;
  };
  return html`<ul class="brief">
    <li><b>${permission.allow ? words.yes : words.no}</b> ${words.permission}</li>
    ${count(counts.consents, words.consentsCount)} ${count(counts.sent, words.sentCount)}
    ${count(counts.skipped, words.skippedCount)}
    ${count(counts.unsubscriptions, words.unsubscriptionsCount)}
  </ul>`;
};

const contentsOf = ({ words }: Reader): Html =>
  html`<nav aria-label="${words.contents}">
    <ul>
      ${SECTIONS.map(({ id, title }) => html`<li><a href="#${id}">${words[title]}</a></li>`)}
    </ul>
  </nav>`;
