import { html, type Html } from '../../../public/html/html.ts';
import type { DossierAnswer } from '../dto/dossier.dto.ts';
import type { DossierUnsubscriptionAnswer } from '../dto/unsubscription-entry.dto.ts';
import { wordFor, type Reader } from './reader.ts';

/** Requests to be left alone, and what was done about each (C-22, C-29). */
export const unsubscriptionsSection = (
  reader: Reader,
  { unsubscriptions }: DossierAnswer,
  id: string,
): Html => {
  const { words } = reader;
  const title = words.unsubscriptions;
  const heads = [words.asked, words.what, words.done, words.ledgerEvents];
  const rows = unsubscriptions.map((each) => unsubscriptionRow(reader, each));
  return reader.section({ title, id }, reader.rows({ title }, heads, rows));
};

const unsubscriptionRow = (reader: Reader, entry: DossierUnsubscriptionAnswer): Html => {
  const { words } = reader;
  const lists = entry.lists.length === 0 ? '' : ` (${reader.listNames(entry.lists)})`;
  const reason = entry.data['reason'];
  return html`<tr>
    <td>
      ${reader.time(entry.occurredAt)}<br />${reader.labelled(words.processed, reader.time(entry.processedAt))}
    </td>
    <td>
      ${reader.said(entry.summary)}<br />${reader.labelled(words.refused, `${wordFor(words.scopes, entry.scope)}${lists}`)}<br />${reader.who(entry)}
      ${typeof reason === 'string' && html`<br />${words.quote(reason)}`}
    </td>
    <td>
      <ul>
        ${actionsOf(reader, entry).map((action) => html`<li>${action}</li>`)}
      </ul>
    </td>
    <td>${reader.proof(entry)}</td>
  </tr>`;
};

const actionsOf = (
  reader: Reader,
  { actions, stopped, liftedBy }: DossierUnsubscriptionAnswer,
): readonly (string | Html)[] => {
  const { words } = reader;
  const { statusBefore, statusAfter, listsLeft, consentsEnded, pendingDropped } = actions;
  return [
    ...(statusBefore === statusAfter
      ? []
      : [words.statusChange(reader.status(statusBefore), reader.status(statusAfter))]),
    ...(listsLeft.length === 0 ? [] : [`${words.listsLeft} ${reader.listNames(listsLeft)}`]),
    ...(consentsEnded.length === 0 ? [] : [words.consentsEnded(consentsEnded.length)]),
    ...(pendingDropped ? [words.pendingDropped] : []),
    stopped.length === 0 ? words.nothingStopped : words.stopped(stopped.length),
    ...(liftedBy === undefined ? [] : [html`${words.liftedBy} <code>${liftedBy}</code>`]),
  ];
};
