import { html, type Html } from '../../../public/html/html.ts';
import type { DossierFactAnswer } from '../dto/dossier-event.dto.ts';
import { wordFor, type Reader } from './reader.ts';

type Shown = Pick<DossierFactAnswer, 'evidence' | 'masked'>;

/** Evidence, a line each; what was erased says so. `apart` holds keys that are told elsewhere. */
export const evidenceLines = (
  reader: Reader,
  { evidence, masked }: Shown,
  apart: ReadonlySet<string> = new Set(),
): readonly Html[] => {
  const { evidenceKeys, gone } = reader.words;
  const items = Object.entries(evidence)
    .filter(([key]) => !apart.has(key))
    .map(([key, value]) => reader.labelled(wordFor(evidenceKeys, key), told(reader, value)));
  const all = masked === undefined ? items : [...items, html`[${gone}]`];
  return all.map((item) => html`${item}<br />`);
};

const told = (reader: Reader, value: unknown): string => {
  if (typeof value === 'boolean') return value ? reader.words.yes : reader.words.no;
  return reader.proven(String(value));
};

/** What a fact says beside its sentence: the reason that was given, its evidence, and what was read. */
export const detailLines = (reader: Reader, fact: DossierFactAnswer): readonly Html[] => {
  const { words } = reader;
  const reason = fact.data['reason'];
  const { wording } = fact;
  return [
    ...(typeof reason === 'string' ? [html`${words.quote(reason)}<br />`] : []),
    ...evidenceLines(reader, fact),
    ...(wording === undefined
      ? []
      : [
          html`${words.wording} <code>${wording.wordingId}</code>, ${words.version}
            ${wording.version}<br />`,
          ...(wording.statement === undefined
            ? []
            : [
                html`${reader.labelled(words.statementHash, html`<code>${wording.statement.hash}</code>`)}<br />`,
              ]),
        ]),
  ];
};
