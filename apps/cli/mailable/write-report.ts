import type { Report } from '#apps/api/mailable/report';
import type { Invocation } from '../command-line.ts';
import { CommandRefused } from '../refusal.ts';
import type { Output } from '../terminal/output.ts';
import { ProgressBar } from '../terminal/progress-bar.ts';

type Told = Readonly<Pick<Invocation, 'output' | 'signal'> & { total: number }>;

/**
 * The report as one JSON document, written while it is found; for a person, its summary. Throws when the
 * person at the terminal breaks it off: a part of an answer must not look like one.
 */
export const writeReport = async <Line, Summary>(
  { pages, summary }: Report<Line, Summary>,
  { output, signal, total }: Told,
  linesOf: (summary: Summary, output: Output) => readonly string[],
): Promise<void> => {
  const bar = new ProgressBar(output, output.words({ fr: 'Examen', en: 'Looking' }));
  const items = output.items();
  let people = 0;
  for await (const page of pages) {
    if (signal.aborted) throw brokenOff();
    await items.add(page.lines);
    people += page.people;
    bar.show(people, total);
  }
  bar.end();
  const totals = summary();
  await items.end({ summary: totals }, linesOf(totals, output));
};

const brokenOff = (): CommandRefused =>
  new CommandRefused('aborted', {
    fr: 'Interrompu : ce qui précède n’est qu’une partie de la réponse.',
    en: 'Interrupted: what was written is only a part of the answer.',
  });
