import type { Bilingual } from '#domain/kernel/index';
import { html, Html, lines, type Part } from '../../../public/html/html.ts';
import { policyFor, styleOf } from '../../dossier/page/print-style.ts';
import { Reader } from '../../dossier/page/reader.ts';
import type { NotStated, ReceiptParty, SignedReceipt } from '../receipt-document.ts';
import { receiptText } from '../signed-receipt.ts';
import { WORDS } from './page-words.ts';
import { recordSection } from './record-section.ts';

/** A receipt to be read, printed and kept, with the signed file in it; it needs nothing else. */
export type ReceiptPage = Readonly<{
  html: string;
  /** Content-Security-Policy. */
  policy: string;
}>;

/** The page in French or English. It says nothing that the receipt does not say; times are those of UTC. */
export const receiptPage = (receipt: SignedReceipt, language: 'fr' | 'en'): ReceiptPage => {
  const reader = new Reader(language, 'UTC');
  const say = (words: Bilingual): string => words[language];
  const title = say(WORDS.title);
  const style = styleOf(`${title} · ${receipt.receipt_id}`, reader.words.page);
  const whole = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <title>${title} – ${receipt.receipt_id}</title>
        ${new Html(`<style>${style}</style>`)}
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          <p class="lead">${say(WORDS.lead)}</p>
          <p>${reader.words.timesIn('UTC')}</p>
        </header>
        <main>
          ${identitySection(reader, receipt)} ${partiesSection(reader, receipt)}
          ${receipt.records.map((record) => recordSection(reader, record))}
          ${checkSection(reader, receipt)}
        </main>
      </body>
    </html>`;
  return { html: whole.toString(), policy: policyFor(style) };
};

const identitySection = (reader: Reader, receipt: SignedReceipt): Html => {
  const { pii_principal: person } = receipt;
  const title = reader.said(WORDS.person);
  return reader.section(
    { title, id: 'person' },
    reader.facts({ title }, [
      [reader.said(WORDS.person), html`<code>${person.pii_principal_id}</code>`],
      [reader.said(WORDS.email), person.email],
      [reader.said(WORDS.language), person.language],
      [reader.said(WORDS.receipt), html`<code>${receipt.receipt_id}</code>`],
      [reader.said(WORDS.issuedAt), reader.time(receipt.issued_at)],
      [reader.said(WORDS.issuedBy), html`<code>${receipt.issued_by}</code>`],
    ]),
  );
};

/** A value, or what holds where the account has said none. */
const stated = (reader: Reader, value: string | NotStated): Part =>
  typeof value === 'string' ? lines(value) : reader.said(value.note);

const partiesSection = (reader: Reader, { party_identification }: SignedReceipt): Html => {
  const title = reader.said(WORDS.parties);
  return reader.section(
    { title, id: 'parties' },
    party_identification.map((party) => partyArticle(reader, party)),
  );
};

const partyArticle = (reader: Reader, party: ReceiptParty): Html => {
  const name =
    typeof party.party_name === 'string' ? party.party_name : reader.said(WORDS.operator);
  const ways = [party.party_email, party.party_phone, party.party_url];
  const told = ways.filter((way) => way !== undefined);
  return html`<article>
    <h3>${name}</h3>
    ${reader.facts({ title: name }, [
      [reader.said(WORDS.role), reader.said(WORDS[party.party_role])],
      [reader.said(WORDS.address), stated(reader, party.party_address)],
      [reader.said(WORDS.contact), told.join(', ')],
      [
        reader.said(WORDS.privacyOfficer),
        party.party_contact
          .map((each) => `${each.contact_name}, ${each.contact_information}`)
          .join('; '),
      ],
    ])}
  </article>`;
};

const checkSection = (reader: Reader, receipt: SignedReceipt): Html => {
  const title = reader.said(WORDS.check);
  const bytes = Buffer.from(receiptText(receipt)).toString('base64');
  const file = `${receipt.receipt_id}.json`;
  return reader.section(
    { title, id: 'check' },
    html`<p>${reader.said(WORDS.checkHow)}</p>
      <p>
        <a download="${file}" href="data:application/json;base64,${bytes}"
          >${reader.said(WORDS.save)} (${file})</a
        >
      </p>
      <p class="proof">${reader.labelled(reader.said(WORDS.keys), receipt.keys_url)}</p>
      <p class="proof">${reader.labelled(reader.said(WORDS.signature), receipt.proof.jws)}</p>`,
  );
};
