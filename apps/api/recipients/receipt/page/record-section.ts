import { basisName, privacyBasisName, trackingName } from '#projections/timeline/index';
import { html, type Html, type Part } from '../../../public/html/html.ts';
import type { Reader } from '../../dossier/page/reader.ts';
import type { ReceiptEvent, ReceiptPurpose, ReceiptRecordDocument } from '../receipt-document.ts';
import { RECORD_TITLES, STATE_NAMES } from '../record-words.ts';
import { DATA_NAMES, EVIDENCE_NAMES, TYPES, WORDS } from './page-words.ts';

/** One of the three records: what it is for, how it stands, and how it came to that. */
export const recordSection = (reader: Reader, record: ReceiptRecordDocument): Html => {
  const title = reader.said(RECORD_TITLES[record.record_type]);
  const [purpose] = record.pii_processing.purposes;
  const nameOf = record.record_type === 'privacy-basis' ? privacyBasisName : basisName;
  return reader.section(
    { title, id: record.record_type },
    html`<div class="verdict">
      <p>
        <b>${reader.said(STATE_NAMES[record.state])}</b>
      </p>
    </div>`,
    purpose !== undefined && reader.facts({ title }, purposeRows(reader, record, purpose)),
    wordsPart(reader, record),
    record.event.length > 0 && [
      html`<h3>${reader.said(WORDS.events)}</h3>`,
      reader.rows(
        { title: `${title}, ${reader.said(WORDS.events)}` },
        [WORDS.when, WORDS.what, WORDS.validity, WORDS.proof].map((head) => reader.said(head)),
        record.event.map((event) => eventRow(reader, event, nameOf)),
      ),
    ],
  );
};

/** What the person read, word for word, as far as it is on record. */
const wordsPart = (reader: Reader, { pii_processing }: ReceiptRecordDocument): readonly Html[] =>
  pii_processing.privacy_notice.flatMap(({ statement, texts, language }) => {
    const read = language ?? reader.language;
    const words =
      statement ?? (texts && { language: read, text: texts[read] ?? reader.text(texts) });
    if (words === undefined) return [];
    return html`<h3>${reader.said(statement === undefined ? WORDS.wording : WORDS.wordsRead)}</h3>
      <blockquote lang="${words.language}">${words.text}</blockquote>`;
  });

const purposeRows = (
  reader: Reader,
  { pii_processing }: ReceiptRecordDocument,
  purpose: ReceiptPurpose,
): readonly (readonly [string, Part])[] => {
  const all = pii_processing.purposes.map((each) => reader.text(each.purpose));
  const { pii_information: data, jurisdiction, withdrawal_method: withdrawal } = purpose;
  const names = data.map(({ pii_type: type }) => namedData(reader, type));
  const mail = withdrawal.email === undefined ? '' : ` ${withdrawal.email}`;
  return [
    [reader.said(WORDS.purpose), all.join('; ')],
    [reader.said(WORDS.data), names.join(', ') || reader.said(WORDS.nothingPersonal)],
    [reader.said(WORDS.jurisdiction), jurisdiction.pii_principal],
    [reader.said(WORDS.storage), reader.said(purpose.storage_locations.note)],
    [reader.said(WORDS.retention), reader.said(purpose.retention_period.note)],
    [reader.said(WORDS.thirdParties), reader.said(purpose.recipient_third_parties.note)],
    [reader.said(WORDS.withdrawal), `${reader.said(withdrawal.description)}${mail}`],
  ];
};

const namedData = (reader: Reader, type: string): string => {
  const name = DATA_NAMES[type];
  return name === undefined ? type.replace(/^field:/, '') : reader.said(name);
};

type NamedBasis = typeof basisName;

const eventRow = (reader: Reader, event: ReceiptEvent, nameOf: NamedBasis): Html =>
  html`<tr>
    <td>${reader.time(event.event_time)}</td>
    <td>${whatHappened(reader, event, nameOf)}</td>
    <td>${validityOf(reader, event)}</td>
    <td>${proofOf(reader, event).map((line) => html`${line}<br />`)}</td>
  </tr>`;

const whatHappened = (reader: Reader, event: ReceiptEvent, nameOf: NamedBasis): Html => {
  const type = TYPES[event.event_type];
  const { basis, tracking_mode: mode, state_now: now } = event;
  const details = [
    type && reader.said(type),
    basis !== undefined && reader.said(nameOf(basis)),
    mode !== undefined && reader.said(trackingName(mode)),
    event.legal_source !== undefined && reader.words.citedSection(event.legal_source),
    reader.who({ actor: { kind: event.entity_kind }, channel: event.channel }),
  ].filter((each) => typeof each === 'string');
  return html`<b>${reader.said(STATE_NAMES[event.event_state])}</b>${
      now !== undefined &&
      now !== event.event_state &&
      html` (${reader.said(WORDS.stateNow)}${reader.words.colon}${reader.said(STATE_NAMES[now])})`
    }<br />${details.join(', ')}`;
};

/** What a refusal or a withdrawal says has no end to speak of: there is nothing that could run out. */
const PERMITTING: ReadonlySet<ReceiptEvent['event_state']> = new Set(['given', 'confirmed']);

const validityOf = (
  reader: Reader,
  { validity_duration: validity, event_state: state, dated }: ReceiptEvent,
): readonly Html[] => {
  const { first_day: first, last_day: last } = validity;
  const parts = [
    dated !== undefined && `${reader.said(WORDS.dated)} ${dated}`,
    first !== undefined && `${reader.said(WORDS.from)} ${first}`,
    last !== undefined && `${reader.said(WORDS.until)} ${last}`,
    last === undefined && PERMITTING.has(state) && reader.said(WORDS.noEnd),
  ];
  return parts.filter((part) => part !== false).map((part) => html`${part}<br />`);
};

const proofOf = (reader: Reader, event: ReceiptEvent): readonly Html[] => {
  const { privacy_notice: notice, evidence = {}, evidence_withheld: withheld = [] } = event;
  const label = (name: string): string => {
    const words = EVIDENCE_NAMES[name];
    return words === undefined ? name : reader.said(words);
  };
  return [
    ...(notice === undefined ? [] : [noticeLine(reader, notice)]),
    ...Object.entries(evidence).map(([name, value]) =>
      reader.labelled(label(name), told(reader, value)),
    ),
    ...withheld.map((name) => reader.labelled(label(name), reader.said(WORDS.withheld))),
    ...(event.list_ids === undefined
      ? []
      : [reader.labelled(reader.said(WORDS.lists), event.list_ids.join(', '))]),
    html`<span class="proof">${reader.labelled(reader.said(WORDS.event), event.event_id)}</span>`,
  ];
};

const noticeLine = (reader: Reader, notice: NonNullable<ReceiptEvent['privacy_notice']>): Html => {
  const { wording_id: id, version, sha256, statement_sha256: shown } = notice;
  const named = `${id}, ${reader.said(WORDS.version)} ${String(version)}, SHA-256 ${sha256}`;
  const text = shown === undefined ? '' : `; ${reader.said(WORDS.statement)} ${shown}`;
  return html`<span class="proof"
    >${reader.labelled(reader.said(WORDS.wording), `${named}${text}`)}</span
  >`;
};

const told = (reader: Reader, value: string | number | boolean): string => {
  if (typeof value !== 'boolean') return reader.proven(String(value));
  return reader.said(value ? WORDS.yes : WORDS.no);
};
