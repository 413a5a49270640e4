import type { Instant, RecipientId } from '#domain/kernel/index';
import { answerAt, mainReason, type AnswerInShort, type Question } from './answer-at.ts';
import type { Person } from './histories.ts';
import { ReasonCounts, type ByReason, type Report, type ReportPage } from './report.ts';

/** `changed`: the verdict is the same, on another basis, until another day or for other reasons. */
export const CHANGES = ['began', 'ended', 'changed'] as const;

export type DifferenceLine = Readonly<{
  recipientId: RecipientId;
  change: (typeof CHANGES)[number];
  from: AnswerInShort;
  to: AnswerInShort;
}>;
export type DifferenceSummary = Readonly<{
  from: Instant;
  to: Instant;
  began: number;
  ended: number;
  changed: number;
  /** Why it began or ended: the weightiest reason at the later instant. */
  byReason: ByReason;
}>;

/** Whose answer is not the same at two instants. */
export const differenceBetween = (
  people: AsyncIterable<readonly Person[]>,
  from: Question,
  to: Question,
): Report<DifferenceLine, DifferenceSummary> => {
  const reasons = new ReasonCounts();
  const counts = { began: 0, ended: 0, changed: 0 };

  const lineOf = ({ recipientId, history }: Person): DifferenceLine | undefined => {
    const { concerned: before, ...first } = answerAt(history, from);
    const { concerned: after, ...second } = answerAt(history, to);
    if (!(before || after) || isSame(first, second)) return undefined;
    const change = changeOf(first, second);
    counts[change] += 1;
    if (change !== 'changed') reasons.add(mainReason(second));
    return { recipientId, change, from: first, to: second };
  };

  async function* pages(): AsyncGenerator<ReportPage<DifferenceLine>, void> {
    for await (const some of people) {
      yield { people: some.length, lines: some.flatMap((person) => lineOf(person) ?? []) };
    }
  }
  return {
    pages: pages(),
    summary: () => ({ from: from.at, to: to.at, ...counts, byReason: reasons.all() }),
  };
};

const isSame = (a: AnswerInShort, b: AnswerInShort): boolean =>
  a.allow === b.allow &&
  a.basis === b.basis &&
  a.lastDay === b.lastDay &&
  a.reasons.join() === b.reasons.join();

const changeOf = (first: AnswerInShort, second: AnswerInShort): DifferenceLine['change'] => {
  if (first.allow === second.allow) return 'changed';
  return second.allow ? 'began' : 'ended';
};
