import { html, lines, type Html } from '../../../public/html/html.ts';
import type { DossierAnswer } from '../dto/dossier.dto.ts';
import { wordFor, type Reader } from './reader.ts';

/** Who the dossier is about. */
export const personSection = (reader: Reader, dossier: DossierAnswer, id: string): Html => {
  const { words } = reader;
  const { recipient, lists } = dossier;
  const isGone = recipient.masked?.includes('email') === true;
  const listed = lists.map(
    (list) =>
      html`<li>
        ${reader.labelled(reader.listName(list), reader.status(list.status))} ${words.since}
        ${reader.time(list.since)} <code>${list.eventId}</code>
      </li>`,
  );
  return reader.section(
    { title: words.person, id },
    reader.facts({ title: words.person }, [
      [words.id, html`<code>${recipient.id}</code>`],
      [words.email, isGone ? `[${words.gone}]` : recipient.email],
      [words.language, recipient.language],
      [words.status, reader.status(recipient.status)],
      [words.jurisdiction, recipient.jurisdiction],
      [
        words.subscribedAt,
        recipient.subscribedAt !== undefined && reader.time(recipient.subscribedAt),
      ],
      [words.fields, fieldsOf(recipient.fields)],
      [
        words.lists,
        listed.length > 0 &&
          html`<ul>
            ${listed}
          </ul>`,
      ],
    ]),
  );
};

const fieldsOf = (fields: Readonly<Record<string, unknown>>): string =>
  Object.entries(fields)
    .map(([key, value]) => `${key}: ${String(value)}`)
    .join('; ');

/** Who asks for consent and sends, as the law wants it said. */
export const senderSection = (reader: Reader, { account }: DossierAnswer, id: string): Html => {
  const { words } = reader;
  const { sender, privacyOfficer } = account;
  return reader.section(
    { title: words.sender, id },
    reader.facts({ title: words.sender }, [
      [words.name, sender.name],
      [words.onBehalfOf, sender.onBehalfOf],
      [words.postalAddress, lines(sender.postalAddress)],
      [words.phone, sender.phone],
      [words.contactEmail, sender.contactEmail],
      [words.web, sender.web],
      [words.sentFrom, sender.email],
      [words.privacyOfficer, `${privacyOfficer.title}, ${privacyOfficer.email}`],
      [words.account, html`${account.name} <code>${account.id}</code>`],
      [words.organisation, wordFor(words.organisationTypes, account.organisationType)],
      [
        words.regimes,
        account.regimes.map((regime) => wordFor(words.regimeNames, regime)).join('; '),
      ],
    ]),
  );
};
