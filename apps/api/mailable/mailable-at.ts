import type { Instant, RecipientId } from '#domain/kernel/index';
import { answerAt, mainReason, type AnswerInShort, type Question } from './answer-at.ts';
import type { Person } from './histories.ts';
import { ReasonCounts, type ByReason, type Report, type ReportPage } from './report.ts';

export type MailableLine = AnswerInShort & Readonly<{ recipientId: RecipientId }>;
export type MailableSummary = Readonly<{
  at: Instant;
  allowed: number;
  denied: number;
  /** Each person under the weightiest reason, so these add up to all of them. */
  byReason: ByReason;
}>;

/** Who could be mailed at an instant, and why: a line for everybody whom the question concerns. */
export const mailableAt = (
  people: AsyncIterable<readonly Person[]>,
  question: Question,
): Report<MailableLine, MailableSummary> => {
  const reasons = new ReasonCounts();
  let [allowed, denied] = [0, 0];

  const lineOf = ({ recipientId, history }: Person): MailableLine | undefined => {
    const { concerned, ...answer } = answerAt(history, question);
    if (!concerned) return undefined;
    reasons.add(mainReason(answer));
    if (answer.allow) allowed += 1;
    else denied += 1;
    return { recipientId, ...answer };
  };

  async function* pages(): AsyncGenerator<ReportPage<MailableLine>, void> {
    for await (const some of people) {
      yield { people: some.length, lines: some.flatMap((person) => lineOf(person) ?? []) };
    }
  }
  return {
    pages: pages(),
    summary: () => ({ at: question.at, allowed, denied, byReason: reasons.all() }),
  };
};
