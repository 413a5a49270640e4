import { html, type Html, type Part } from '../../../public/html/html.ts';
import type { DossierFactAnswer } from '../dto/dossier-event.dto.ts';
import type { DossierAnswer } from '../dto/dossier.dto.ts';
import { detailLines } from './evidence-lines.ts';
import type { Reader } from './reader.ts';

type Facts = readonly DossierFactAnswer[];

/** Facts with their evidence. */
const factsTable = (reader: Reader, title: string, facts: Facts): Html =>
  linesTable(reader, title, facts, (fact) => {
    const details = detailLines(reader, fact);
    return details.length > 0 && html`<div class="quiet details">${details}</div>`;
  });

/** Facts, a line each: what, when, by whom, and where the ledger says so. */
const linesTable = (
  reader: Reader,
  title: string,
  facts: Facts,
  more: (fact: DossierFactAnswer) => Part = () => undefined,
): Html => {
  const { words } = reader;
  const rows = facts.map(
    (fact) =>
      html`<tr>
        <td>${reader.time(fact.recordedAt)}</td>
        <td>${reader.said(fact.summary)}${more(fact)}</td>
        <td>${reader.who(fact)}</td>
        <td>${reader.proof(fact)}</td>
      </tr>`,
  );
  return reader.rows({ title }, [words.when, words.what, words.who, words.ledgerEvents], rows);
};

export const aroundSection = (reader: Reader, dossier: DossierAnswer, id: string): Html => {
  const title = reader.words.around;
  return reader.section({ title, id }, factsTable(reader, title, dossier.aroundConsent));
};

/** The two records that are no consent to receive mail: privacy basis, and tracking (C-29, P-01, P-18). */
export const privacySection = (reader: Reader, dossier: DossierAnswer, id: string): Html => {
  const { words } = reader;
  return reader.section(
    { title: words.privacy, id },
    html`<h3>${words.privacyBasis}</h3>
      <p>${words.standsNow(reader.privacyBasis(dossier.recipient.privacyBasis?.kind))}</p>`,
    factsTable(reader, words.privacyBasis, dossier.privacyBases),
    html`<h3>${words.trackingHead}</h3>
      <p>${words.standsNow(reader.tracking(dossier.recipient.tracking))}</p>`,
    factsTable(reader, words.trackingHead, dossier.tracking),
  );
};

export const erasureSection = (reader: Reader, dossier: DossierAnswer, id: string): Html => {
  const title = reader.words.erasures;
  return reader.section(
    { title, id },
    dossier.erasures.length > 0 && html`<p>${reader.words.erasedNote}</p>`,
    factsTable(reader, title, dossier.erasures),
  );
};

export const eventsSection = (reader: Reader, dossier: DossierAnswer, id: string): Html => {
  const title = reader.words.events;
  const stream = dossier.events[0]?.stream;
  return reader.section(
    { title, id },
    stream !== undefined &&
      html`<p>${reader.labelled(reader.words.stream, html`<code>${stream}</code>`)}</p>`,
    linesTable(reader, title, dossier.events),
  );
};

export const checkSection = (reader: Reader, dossier: DossierAnswer, id: string): Html =>
  reader.section(
    { title: reader.words.check, id },
    html`<ul>
      ${reader.words.checkTexts.map((text) => html`<li>${text}</li>`)}
    </ul>`,
    html`<p class="proof">${reader.labelled(reader.words.position, dossier.position)}</p>`,
  );
