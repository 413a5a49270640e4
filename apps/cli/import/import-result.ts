import type { Import } from '#domain/import/index';
import type { ImportId } from '#domain/kernel/index';
import type { Output } from '../terminal/output.ts';

/** An import in the form that the API answers (api.md, "Answers in full"). */
export const importDocument = (id: ImportId, state: Import): object => ({
  id,
  status: state.status,
  dryRun: state.dryRun,
  rows: state.processed,
  created: state.created,
  updated: state.updated,
  unchanged: state.unchanged,
  refused: state.refused,
  refusedBy: state.refusedBy,
  remarks: state.remarks,
  unmapped: state.unmapped,
  ...(state.startedAt !== undefined && { startedAt: state.startedAt }),
  ...(state.finishedAt !== undefined && { finishedAt: state.finishedAt }),
  ...(state.failure !== undefined && { failure: state.failure }),
});

const COLUMN = 12;

export const importLines = (state: Import, output: Output): readonly string[] => {
  const row = (fr: string, en: string, count: number): string =>
    `  ${output.words({ fr, en }).padEnd(COLUMN)} ${output.number(count).padStart(9)}`;
  const codes = (counts: Readonly<Record<string, number>>): string[] =>
    Object.entries(counts).map(([code, count]) => `    ${code}: ${output.number(count)}`);
  return [
    headline(state, output),
    row('lignes', 'rows', state.processed),
    row('nouvelles', 'created', state.created),
    row('modifiées', 'updated', state.updated),
    row('inchangées', 'unchanged', state.unchanged),
    row('refusées', 'refused', state.refused),
    ...codes(state.refusedBy),
    ...remarks(state, output, codes),
    ...unmapped(state, output),
  ];
};

const headline = ({ status, dryRun, failure }: Import, output: Output): string => {
  if (status === 'failed') {
    const reason = failure?.message ?? '';
    return output.words({
      fr: `L’importation a échoué. ${reason}`,
      en: `The import failed. ${reason}`,
    });
  }
  return dryRun
    ? output.words({
        fr: 'Essai terminé : rien n’a été changé. Une vraie importation donnerait :',
        en: 'Dry run done: nothing was changed. A real import would give:',
      })
    : output.words({ fr: 'Importation terminée.', en: 'Import done.' });
};

const remarks = (
  state: Import,
  output: Output,
  codes: (counts: Import['remarks']) => string[],
): readonly string[] =>
  Object.keys(state.remarks).length === 0
    ? []
    : [output.words({ fr: '  remarques', en: '  remarks' }), ...codes(state.remarks)];

const unmapped = ({ unmapped: columns }: Import, output: Output): readonly string[] =>
  columns.length === 0
    ? []
    : [
        output.words({
          fr: `  Colonnes ni reprises ni écartées : ${columns.join(', ')}`,
          en: `  Columns neither mapped nor ignored: ${columns.join(', ')}`,
        }),
      ];
