import { html, type Html, type Part } from '../../../public/html/html.ts';
import type { DossierConsentAnswer } from '../dto/consent-entry.dto.ts';
import type { DossierStatementAnswer, DossierWordingAnswer } from '../dto/dossier-event.dto.ts';
import type { DossierAnswer } from '../dto/dossier.dto.ts';
import { evidenceLines } from './evidence-lines.ts';
import { wordFor, type Reader } from './reader.ts';

/** Every consent with its law, its dates, what the person read, and its proof. */
export const consentsSection = (reader: Reader, { consents }: DossierAnswer, id: string): Html =>
  reader.section(
    { title: reader.words.consents, id },
    consents.length === 0 && html`<p>${reader.words.none}</p>`,
    consents.map((consent, index) => consentArticle(reader, consent, index + 1)),
  );

const consentArticle = (reader: Reader, consent: DossierConsentAnswer, number: number): Html => {
  const { words } = reader;
  const kind = consent.kind === 'express' ? words.express : words.implied;
  const title = `${String(number)}. ${kind}, ${consent.date}`;
  const name = consent.kind === 'express' ? '' : ` (${reader.said(consent.name)})`;
  return html`<article>
    <h3>${title}${name}</h3>
    ${reader.facts({ title: kind }, [...lawRows(reader, consent), ...proofRows(reader, consent)])}
    ${consent.wording !== undefined && wordingPart(reader, consent.wording)}
  </article>`;
};

type Row = readonly [string, Part];

const timeOf = (reader: Reader, instant: string | undefined): Part =>
  instant !== undefined && reader.time(instant);

const lawRows = (reader: Reader, consent: DossierConsentAnswer): readonly Row[] => {
  const { words } = reader;
  const { endedAt, endedBy } = consent;
  return [
    [words.state, wordFor(words.states, consent.state)],
    [words.endedAt, endedAt !== undefined && html`${reader.time(endedAt)} <code>${endedBy}</code>`],
    [words.basis, reader.said(consent.name)],
    [words.law, reader.law(consent)],
    [words.date, `${consent.date} – ${reader.said(consent.clockStarts)} (${consent.timeZone})`],
    [words.firstDay, consent.firstDay],
    [words.lastDay, consent.lastDay ?? words.noEnd],
    [words.confirmedAt, timeOf(reader, consent.confirmedAt)],
  ];
};

const proofRows = (reader: Reader, consent: DossierConsentAnswer): readonly Row[] => {
  const { words } = reader;
  const { form, import: row, masked } = consent;
  const gone = masked === undefined ? undefined : `[${words.gone}]`;
  return [
    [words.method, gone ?? reader.proven(consent.method)],
    [words.source, gone ?? reader.proven(consent.source)],
    [words.form, form && html`${form.name} <code>${form.formId}</code>`],
    [
      words.importFile,
      row &&
        html`${words.importRow(row.importId, String(row.row ?? '?'))}${row.format === undefined ? '' : `, ${row.format}`}${row.uploadedAt !== undefined && html`, ${words.uploadedAt(reader.plainTime(row.uploadedAt))}`}`,
    ],
    [words.evidence, evidenceLines(reader, consent, TOLD_APART)],
    [words.recordedBy, reader.who(consent)],
    [words.happened, consent.occurredAt !== consent.recordedAt && reader.time(consent.occurredAt)],
    [words.recorded, reader.time(consent.recordedAt)],
    [words.ledgerEvents, html`${reader.proof(consent)} <code>${consent.stream}</code>`],
  ];
};

/** Evidence that has rows of its own. */
const TOLD_APART = new Set(['formId', 'importId', 'row']);

/** The wording with its hash, and word for word what a page of ours showed. */
const wordingPart = (reader: Reader, wording: DossierWordingAnswer): Html => {
  const { words } = reader;
  const { wordingId, version, hash, statement } = wording;
  return html`<h4>${statement === undefined ? words.wording : words.statement}</h4>
    <p class="proof">
      ${wordingId}, ${words.version} ${version}. ${reader.labelled(words.versionHash, hash)}
    </p>
    ${statement === undefined ? wordingText(reader, wording) : statementText(reader, wording, statement)}`;
};

const quoted = (text: string, language: string): Html =>
  html`<blockquote lang="${language}">${text}</blockquote>`;

/** Nobody recorded how it was shown: the words of the version, in the language read or the reader's. */
const wordingText = (reader: Reader, { texts = {}, language }: DossierWordingAnswer): Html => {
  const shown = language ?? reader.language;
  return html`${quoted(texts[shown] ?? reader.text(texts), shown)}
    <p class="quiet">${reader.words.wordingOnly}</p>`;
};

const statementText = (
  reader: Reader,
  { language = reader.language }: DossierWordingAnswer,
  { text, hash }: DossierStatementAnswer,
): Html => {
  const { words } = reader;
  return html`${text === undefined ? html`<p>${words.statementGone}</p>` : quoted(text, language)}
    <p class="proof">${reader.labelled(words.statementHash, hash)}</p>`;
};
