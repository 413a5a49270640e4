import type { ImportUndoing, LeftOfImport } from '#domain/import/index';
import type { ImportId } from '#domain/kernel/index';
import type { Output } from '../terminal/output.ts';

/** An undo in the form that the API answers, with what was left. */
export const undoDocument = (
  id: ImportId,
  { finishedAt, ...undo }: ImportUndoing,
  left: readonly LeftOfImport[],
): object => ({
  id,
  status: 'undone',
  ...undo,
  ...(finishedAt !== undefined && { finishedAt }),
  leftThings: left,
});

const SHOWN = 20;

export const undoLines = (
  { compensated, left, sentSince }: ImportUndoing,
  things: readonly LeftOfImport[],
  output: Output,
): readonly string[] => {
  const more = things.length - SHOWN;
  return [
    output.words({ fr: 'Importation annulée.', en: 'Import undone.' }),
    output.words({
      fr: `  personnes remises comme avant : ${output.number(compensated)}`,
      en: `  people put back as before: ${output.number(compensated)}`,
    }),
    output.words({
      fr: `  personnes dont quelque chose reste, changé depuis : ${output.number(left)}`,
      en: `  people of whom something stays, changed since: ${output.number(left)}`,
    }),
    output.words({
      fr: `  personnes à qui un message est parti depuis : ${output.number(sentSince)}`,
      en: `  people to whom a message was sent since: ${output.number(sentSince)}`,
    }),
    ...things
      .slice(0, SHOWN)
      .map(
        ({ recipientId, what, why, event }) =>
          `    ${recipientId} ${what} (${why}${event === undefined ? '' : ` ${event}`})`,
      ),
    ...(more > 0
      ? [
          output.words({
            fr: `    … et ${output.number(more)} autres : voir --json`,
            en: `    … and ${output.number(more)} more: see --json`,
          }),
        ]
      : []),
  ];
};
