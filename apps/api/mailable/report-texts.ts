import { csvOf, NDJSON, type RowFormat } from '../http/row-format.ts';
import type { AnswerInShort } from './answer-at.ts';
import type { DifferenceLine } from './difference.ts';
import type { MailableLine } from './mailable-at.ts';
import type { Report } from './report.ts';

/** How a report is written; only NDJSON has a place for its summary. */
export type ReportFormat<Line> = RowFormat<Line> & Readonly<{ hasSummary: boolean }>;
type Forms<Line> = Readonly<Record<'ndjson' | 'csv', ReportFormat<Line>>>;

const reasonsOf = ({ reasons }: AnswerInShort): string => reasons.join(' ');
const ndjson = { ...NDJSON, hasSummary: true };

export const MAILABLE_FORMS: Forms<MailableLine> = {
  ndjson,
  csv: {
    ...csvOf<MailableLine>({
      recipientId: ({ recipientId }) => recipientId,
      allow: ({ allow }) => allow,
      basis: ({ basis }) => basis,
      lastDay: ({ lastDay }) => lastDay,
      reasons: reasonsOf,
    }),
    hasSummary: false,
  },
};

export const DIFFERENCE_FORMS: Forms<DifferenceLine> = {
  ndjson,
  csv: {
    ...csvOf<DifferenceLine>({
      recipientId: ({ recipientId }) => recipientId,
      change: ({ change }) => change,
      fromAllow: ({ from }) => from.allow,
      fromBasis: ({ from }) => from.basis,
      fromLastDay: ({ from }) => from.lastDay,
      fromReasons: ({ from }) => reasonsOf(from),
      toAllow: ({ to }) => to.allow,
      toBasis: ({ to }) => to.basis,
      toLastDay: ({ to }) => to.lastDay,
      toReasons: ({ to }) => reasonsOf(to),
    }),
    hasSummary: false,
  },
};

/** The report as text, a piece at a time. */
export async function* textsOf<Line, Summary>(
  { pages, summary }: Report<Line, Summary>,
  { head, line, hasSummary }: ReportFormat<Line>,
): AsyncGenerator<string, void> {
  if (head !== '') yield head;
  for await (const { lines } of pages) {
    if (lines.length > 0) yield lines.map(line).join('');
  }
  if (hasSummary) yield `${JSON.stringify({ summary: summary() })}\n`;
}
