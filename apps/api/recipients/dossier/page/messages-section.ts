import { basisName } from '#projections/timeline/index';
import { html, type Html, type Part } from '../../../public/html/html.ts';
import type { DossierAnswer } from '../dto/dossier.dto.ts';
import type { DossierAttemptAnswer, DossierMessageAnswer } from '../dto/message-entry.dto.ts';
import { wordFor, type Reader } from './reader.ts';

/** Every message that was handed over, with the decision that allowed it (C-29). */
export const messagesSection = (reader: Reader, { messages }: DossierAnswer, id: string): Html => {
  const { words } = reader;
  const title = words.messages;
  const heads = [words.when, words.message, words.decision, words.outcome];
  const bodies = messages.flatMap((message) =>
    message.attempts.map((attempt) => attemptBody(reader, message, attempt)),
  );
  return reader.section({ title, id }, reader.table({ title }, heads, bodies));
};

const attemptBody = (
  reader: Reader,
  message: DossierMessageAnswer,
  attempt: DossierAttemptAnswer,
): Html => {
  const { words } = reader;
  const { content, gate, outcome } = attempt;
  const basis = reader.said(basisName(gate.basis));
  const until = gate.lastDay === undefined ? '' : `, ${words.until} ${gate.lastDay}`;
  return html`<tbody class="one">
    <tr class="first">
      <td>
        ${reader.time(attempt.at)}${attempt.attempt > 1 && html`<br />${words.attempt(attempt.attempt)}`}
      </td>
      <td>
        ${messageName(reader, message)}${content.subject !== undefined && html`<br />${words.quote(content.subject)} (${attempt.language})`}
      </td>
      <td>
        ${words.allowedBy} ${basis}${until}
        <ul>
          ${gate.reasons.map(({ text, section, rule }) => html`<li>${reader.said(text)} ${reader.law({ section, rule })}</li>`)}
        </ul>
        <span class="quiet">${gate.confirmed ? words.confirmed : words.unconfirmed}</span>
      </td>
      <td>
        ${wordFor(words.outcomes, outcome.status)}${outcome.at !== undefined && html`<br />${reader.time(outcome.at)}`}
        ${outcome.reply !== undefined && html`<br /><span class="quiet">${outcome.reply}</span>`}
      </td>
    </tr>
    <tr class="proofs">
      <td colspan="4" class="proof">${proofsOf(reader, message, attempt)}</td>
    </tr>
  </tbody>`;
};

const messageName = (reader: Reader, message: DossierMessageAnswer): Part => {
  const { messageKinds } = reader.words;
  const { newsletter, form, lists } = message;
  const name = newsletter?.name ?? form?.name;
  const via = lists.length === 0 ? '' : ` – ${reader.listNames(lists)}`;
  return html`${wordFor(messageKinds, message.kind)}${name !== undefined && html` <b>${name}</b>`}${via}`;
};

const proofsOf = (
  reader: Reader,
  message: DossierMessageAnswer,
  { content, gate, messageId, outcome }: DossierAttemptAnswer,
): readonly Html[] => {
  const { words } = reader;
  const source = wordFor(words.contentSources, content.source);
  const grounds = gate.reasons.flatMap(({ eventIds }) => eventIds);
  const events = new Set([
    gate.eventId,
    ...grounds,
    ...(outcome.eventId === undefined ? [] : [outcome.eventId]),
  ]);
  return [
    reader.labelled(words.contentHash, `${content.hash ?? '–'} (${source})`),
    reader.labelled(words.messageId, messageId),
    reader.labelled(words.stream, `delivery-${message.delivery}`),
    ...(message.campaignId === undefined
      ? []
      : [reader.labelled(words.campaign, message.campaignId)]),
    reader.labelled(words.ledgerEvents, [...events].join(', ')),
  ].map((line) => html`${line}<br />`);
};

/** What was to be sent and was not, and why. */
export const unsentSection = (reader: Reader, { messages }: DossierAnswer, id: string): Html => {
  const { words } = reader;
  const title = words.unsent;
  const rows = messages.flatMap((message) => {
    const skips = message.skips.map(
      ({ at, reason, text, eventId }) =>
        html`<tr>
          <td>${reader.time(at)}</td>
          <td>${messageName(reader, message)}</td>
          <td>${reader.said(text)}<br /><code>${reason}</code></td>
          <td><code>${eventId}</code></td>
        </tr>`,
    );
    return message.status === 'planned' ? [...skips, plannedRow(reader, message)] : skips;
  });
  return reader.section(
    { title, id },
    reader.rows({ title }, [words.when, words.message, words.why, words.ledgerEvents], rows),
  );
};

const plannedRow = (reader: Reader, message: DossierMessageAnswer): Html => {
  const last = message.events.at(-1);
  return html`<tr>
    <td>${last !== undefined && reader.time(last.recordedAt)}</td>
    <td>${messageName(reader, message)}</td>
    <td>${reader.words.planned}</td>
    <td><code>${last?.eventId}</code></td>
  </tr>`;
};
