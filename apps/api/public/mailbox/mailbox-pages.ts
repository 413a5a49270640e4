import type { MailboxEntry, MailboxMessage } from '#libs/mailer/mailbox/port';
import { html, type Html, type Part } from '../html/html.ts';
import { page, wordsOf, type Page, type Setting } from '../html/page.ts';

export const TABS = ['html', 'text', 'source', 'headers'] as const;
export type Tab = (typeof TABS)[number];

const WORDS = {
  fr: {
    brand: 'Boîte aux lettres',
    title: 'Courriels envoyés',
    lead: 'Aucun relais SMTP n’est configuré\u00a0: le courrier reste ici, où on peut le lire.',
    none: 'Rien n’a encore été envoyé.',
    to: 'À',
    from: 'De',
    date: 'Date',
    older: 'Plus anciens',
    newest: 'Les plus récents',
    back: 'Tous les courriels',
    noSubject: '(sans objet)',
    noPart: 'Ce courriel n’a pas cette partie.',
    parts: 'Parties du courriel',
    frame: 'Le courriel\u00a0:',
    name: 'Nom',
    value: 'Valeur',
    tabs: { html: 'HTML', text: 'Texte', source: 'Source', headers: 'En-têtes' },
  },
  en: {
    brand: 'Mailbox',
    title: 'E-mails sent',
    lead: 'No SMTP relay is configured: mail stays here, where it can be read.',
    none: 'Nothing has been sent yet.',
    to: 'To',
    from: 'From',
    date: 'Date',
    older: 'Older',
    newest: 'Newest',
    back: 'All e-mails',
    noSubject: '(no subject)',
    noPart: 'This e-mail has no such part.',
    parts: 'Parts of the e-mail',
    frame: 'The e-mail:',
    name: 'Name',
    value: 'Value',
    tabs: { html: 'HTML', text: 'Text', source: 'Source', headers: 'Headers' },
  },
};

type Words = typeof WORDS.en;

const when = (date: Date, { language }: Setting): Html => {
  const shown = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  }).format(date);
  return html`<time datetime="${date.toISOString()}">${shown} UTC</time>`;
};

export type MailboxList = Readonly<{
  setting: Setting;
  entries: readonly MailboxEntry[];
  /** Number of the last entry, when there are older ones. */
  older: number | undefined;
  isFirst: boolean;
}>;

/** All mail of the installation, newest first. */
export const mailboxListPage = (shown: MailboxList): Page => {
  const { setting, entries } = shown;
  const words = wordsOf(WORDS, setting);
  return page({
    setting,
    brand: words.brand,
    title: words.title,
    main: html`<h1>${words.title}</h1>
      <p class="lead">${words.lead}</p>
      ${entries.length === 0 && html`<p>${words.none}</p>`}
      <ol class="mails">
        ${entries.map((entry) => row(entry, setting, words))}
      </ol>
      ${paging(shown, words)}`,
  });
};

const row = (entry: MailboxEntry, setting: Setting, words: Words): Html =>
  html`<li>
    <a href="${setting.root}/mailbox/${entry.id}?lang=${setting.language}">
      <span class="subject">${entry.subject || words.noSubject}</span>
      ${when(entry.arrivedAt, setting)}
      <span class="who">${words.to} ${entry.to}</span>
    </a>
  </li>`;

const paging = ({ setting, older, isFirst }: MailboxList, words: Words): Part => {
  const { root, language } = setting;
  return (
    (older !== undefined || !isFirst) &&
    html`<p>
      ${!isFirst && html`<a href="${root}/mailbox?lang=${language}">${words.newest}</a> `}
      ${
        older !== undefined &&
        html`<a href="${root}/mailbox?lang=${language}&amp;before=${older}">${words.older}</a>`
      }
    </p>`
  );
};

/** One message: as it looks, as text, and as it went out. */
export const mailboxMessagePage = (message: MailboxMessage, tab: Tab, setting: Setting): Page => {
  const words = wordsOf(WORDS, setting);
  const { root, language } = setting;
  const subject = message.subject || words.noSubject;
  return page({
    setting,
    brand: words.brand,
    title: subject,
    wide: true,
    main: html`<div class="bar">
        <div>
          <h1>${subject}</h1>
          <dl class="facts">
            <dt>${words.from}</dt>
            <dd>${message.from}</dd>
            <dt>${words.to}</dt>
            <dd>${message.to}</dd>
            <dt>${words.date}</dt>
            <dd>${when(message.arrivedAt, setting)}</dd>
          </dl>
        </div>
        <p><a href="${root}/mailbox?lang=${language}">${words.back}</a></p>
      </div>
      <nav class="bar" aria-label="${words.parts}">
        <ul class="tabs">
          ${TABS.map((each) => tabLink(each, tab, words, setting))}
        </ul>
      </nav>
      ${contentOf(message, tab, words, setting)}`,
  });
};

const tabLink = (tab: Tab, current: Tab, words: Words, { language }: Setting): Html =>
  html`<li>
    <a href="?lang=${language}&amp;part=${tab}" ${tab === current && html`aria-current="page"`}
      >${words.tabs[tab]}</a
    >
  </li>`;

const contentOf = (message: MailboxMessage, tab: Tab, words: Words, setting: Setting): Part => {
  if (tab === 'html' && message.html !== undefined) {
    return html`<iframe
      title="${words.frame} ${message.subject}"
      src="${setting.root}/mailbox/${message.id}/content"
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      referrerpolicy="no-referrer"
    ></iframe>`;
  }
  if (tab === 'headers') return headerTable(message, words);
  const text = { html: undefined, text: message.text, source: message.source }[tab];
  return html`<div class="inside">
    ${text === undefined ? html`<p>${words.noPart}</p>` : html`<pre>${text}</pre>`}
  </div>`;
};

const headerTable = ({ headers }: MailboxMessage, words: Words): Html =>
  html`<div class="inside">
    <table class="headers">
      <thead class="apart">
        <tr>
          <th scope="col">${words.name}</th>
          <th scope="col">${words.value}</th>
        </tr>
      </thead>
      <tbody>
        ${headers.map(
          ([name, value]) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td>${value}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
