import { basisName } from '#projections/timeline/index';
import { html, type Html } from '../../../public/html/html.ts';
import type { ReasonAnswer } from '../../explain/explain.dto.ts';
import type { DossierAnswer } from '../dto/dossier.dto.ts';
import type { Reader } from './reader.ts';

/** The answer of `explain`, in words (CON-6). */
export const permissionSection = (reader: Reader, dossier: DossierAnswer, id: string): Html => {
  const { words } = reader;
  const { allow, basis, lastDay, reasons } = dossier.permission;
  return reader.section(
    { title: words.permission, id },
    html`<div class="verdict">
      <p><b>${allow ? words.yes : words.no}</b> ${allow ? words.verdictYes : words.verdictNo}</p>
      ${
        basis !== undefined &&
        html`<p>
          ${reader.labelled(words.basis, reader.said(basisName(basis)))}.
          ${reader.labelled(words.lastDay, lastDay ?? words.noEnd)}.
        </p>`
      }
    </div>`,
    reasonsTable(reader, words.permission, reasons),
  );
};

/** Reasons with the rule, the section of law, and the events that they rest on. */
const reasonsTable = (reader: Reader, title: string, reasons: readonly ReasonAnswer[]): Html =>
  reader.rows(
    { title },
    [reader.words.reason, reader.words.law, reader.words.ledgerEvents],
    reasons.map(
      ({ code, text, rule, section, eventIds }) =>
        html`<tr>
          <td>${reader.said(text)}<br /><code>${code}</code></td>
          <td>${reader.law({ section, rule })}</td>
          <td>${eventIds.map((eventId) => html`<code>${eventId}</code> `)}</td>
        </tr>`,
    ),
  );
