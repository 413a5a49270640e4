import type { PrivacyOfficer, Sender } from '#domain/account/index';
import { html, lines, type Html, type Part } from './html.ts';
import { wordsOf, type Setting } from './page.ts';

const WORDS = {
  fr: {
    heading: 'Qui vous écrit',
    onBehalfOf: (name: string) => `au nom de ${name}`,
    phone: 'Téléphone',
    email: 'Courriel',
    web: 'Site web',
    officer: 'Protection des renseignements personnels',
  },
  en: {
    heading: 'Who writes to you',
    onBehalfOf: (name: string) => `on behalf of ${name}`,
    phone: 'Telephone',
    email: 'E-mail',
    web: 'Web site',
    officer: 'Privacy officer',
  },
};

/** Who asks and how to reach them. Source: CASL s. 10(1), SOR/2012-36 s. 4 (C-17); P-39.1 s. 3.1 (P-36). */
export const senderIdentity = (sender: Sender, officer: PrivacyOfficer, setting: Setting): Html => {
  const words = wordsOf(WORDS, setting);
  return html`<h2>${words.heading}</h2>
    <address>
      <strong>${sender.name}</strong>
      ${sender.onBehalfOf !== undefined && html`<br />${words.onBehalfOf(sender.onBehalfOf)}`}
      <br />${lines(sender.postalAddress)} ${reached(words.phone, sender.phone)}
      ${reached(words.email, sender.contactEmail, 'mailto:')} ${website(words.web, sender.web)}
    </address>
    <p>
      ${words.officer}<br />${officer.title}, <a href="mailto:${officer.email}">${officer.email}</a>
    </p>`;
};

const reached = (label: string, value: string | undefined, scheme?: string): Part => {
  if (value === undefined) return false;
  const shown = scheme === undefined ? value : html`<a href="${scheme}${value}">${value}</a>`;
  return html`<br /><span class="label">${label}</span> ${shown}`;
};

/** Linked only when it is a web address: anything else could be a script. */
const website = (label: string, value: string | undefined): Part => {
  if (value === undefined) return false;
  const isWeb = /^https?:\/\//i.test(value);
  return html`<br /><span class="label">${label}</span>
    ${isWeb ? html`<a href="${value}">${value}</a>` : value}`;
};
