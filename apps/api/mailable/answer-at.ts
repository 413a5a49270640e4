import type { Decision, MessageClass, ReasonCode, SendingAccount } from '#domain/consent/index';
import type { Instant, ListId, Recorded } from '#domain/kernel/index';
import type { RecipientEvent } from '#domain/recipient/index';
import { decideAt } from '../recipients/explain/decide-at.ts';

/** "Could we write?", at an instant, for mail of a class to a list, or for mail to no list in particular. */
export type Question = Readonly<{
  at: Instant;
  now: Instant;
  /** Those in force at the instant. */
  terms: SendingAccount;
  class: MessageClass;
  listId?: ListId;
}>;

/** The answer without its words: its codes can be counted and compared. */
export type AnswerInShort = Readonly<{
  allow: boolean;
  basis?: NonNullable<Decision['basis']>;
  lastDay?: NonNullable<Decision['lastDay']>;
  /** The weightiest first, each code once. */
  reasons: readonly ReasonCode[];
}>;

export type AnswerAt = AnswerInShort &
  Readonly<{
    /** False for somebody unknown at that instant, or who never had anything to do with the list by then. */
    concerned: boolean;
  }>;

/** The decision that the sender would have taken on one person at the instant (CON-6). */
export const answerAt = (
  history: readonly Recorded<RecipientEvent>[],
  question: Question,
): AnswerAt => {
  const { listId } = question;
  const listIds = listId === undefined ? [] : [listId];
  const message = { class: question.class, listIds };
  const { decision, recipient, known } = decideAt(history, { ...question, message });
  return {
    ...inShort(decision),
    concerned: known.length > 0 && (listId === undefined || recipient.lists.has(listId)),
  };
};

const inShort = ({ allow, basis, lastDay, reasons }: Decision): AnswerInShort => ({
  allow,
  ...(basis !== undefined && { basis }),
  ...(lastDay !== undefined && { lastDay }),
  reasons: [...new Set(reasons.map(({ code }) => code))],
});

/** The first reason is the weightiest: each person is counted once, under it. */
export const mainReason = ({ reasons }: AnswerInShort): ReasonCode => reasons[0] ?? 'no-consent';
