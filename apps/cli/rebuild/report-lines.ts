import type { Bilingual } from '#domain/kernel/index';
import { isEqual, type Difference, type RebuildReport } from '#libs/projecting/index';
import type { Output } from '../terminal/output.ts';

/** What a rebuild or a verification found, for people. */
export const linesOf = (
  report: RebuildReport,
  { verify }: Readonly<{ verify: boolean }>,
  output: Output,
): readonly string[] => {
  const done = output.words(verify ? verified(report, output) : rebuilt(report, output));
  if (isEqual(report)) {
    const equal = output.words({
      fr: 'Document pour document, ce qui servait est égal à ce que dit le registre.',
      en: 'Document for document, what served equals what the ledger says.',
    });
    return [done, equal];
  }
  const counted = output.words(counts(report, output));
  const { differences } = report;
  const all = report.differing + report.missing + report.extra;
  const rest = output.words({
    fr: `  … et ${output.number(all - differences.length)} autres.`,
    en: `  … and ${output.number(all - differences.length)} more.`,
  });
  const listed = differences.map((each) => `  ${output.words(lineOf(each))}`);
  return [done, counted, ...listed, ...(all > differences.length ? [rest] : [])];
};

const figures = (report: RebuildReport, output: Output) => ({
  events: output.number(report.events),
  documents: output.number(report.documents),
  seconds: (report.milliseconds / 1_000).toFixed(1),
});

const rebuilt = (report: RebuildReport, output: Output): Bilingual => {
  const { events, documents, seconds } = figures(report, output);
  const { name } = report;
  return {
    fr: `${name} : reconstruit de ${events} événements en ${seconds} s, ${documents} documents ; il sert maintenant.`,
    en: `${name}: rebuilt from ${events} events in ${seconds} s, ${documents} documents; it serves now.`,
  };
};

const verified = (report: RebuildReport, output: Output): Bilingual => {
  const { events, documents, seconds } = figures(report, output);
  const { name } = report;
  return {
    fr: `${name} : comparé à ${events} événements en ${seconds} s, ${documents} documents ; rien n’a été changé.`,
    en: `${name}: compared with ${events} events in ${seconds} s, ${documents} documents; nothing was changed.`,
  };
};

const counts = (report: RebuildReport, output: Output): Bilingual => {
  const [same, differing] = [output.number(report.same), output.number(report.differing)];
  const [missing, extra] = [output.number(report.missing), output.number(report.extra)];
  return {
    fr: `Dans ce qui servait, documents égaux : ${same} ; différents : ${differing} ; manquants : ${missing} ; de trop : ${extra}.`,
    en: `In what served, documents equal: ${same}; differing: ${differing}; missing: ${missing}; extra: ${extra}.`,
  };
};

const lineOf = ({ id, kind, paths }: Difference): Bilingual => {
  switch (kind) {
    case 'differing':
      return { fr: `${id} : ${paths.join(', ')}`, en: `${id}: ${paths.join(', ')}` };
    case 'missing':
      return { fr: `${id} : manquant`, en: `${id}: missing` };
    case 'extra':
      return { fr: `${id} : de trop`, en: `${id}: extra` };
  }
};
