import { WordingId } from '#domain/kernel/index';
import type { AccountRejection } from './rejections.ts';

/** How the account asks for express consent before an implied one lapses (CON-4, C-16). */
export type ConsentRequests = Readonly<{
  /** What people are asked; the product's standard request when absent. */
  wordingId?: WordingId;
  /** Days before the last lawful day on which a request goes out by itself; none switches them off. */
  daysBefore: readonly number[];
  /** From how many days before the last lawful day newsletters carry a request; 0 switches it off. */
  blockFromDays: number;
}>;

/** What holds for an account that says nothing (C-16). */
export const USUAL_CONSENT_REQUESTS: ConsentRequests = {
  daysBefore: [60, 30, 7],
  blockFromDays: 90,
};

/** How an account with these terms asks. */
export const consentRequestTerms = (terms: {
  readonly consentRequests?: ConsentRequests;
}): ConsentRequests => terms.consentRequests ?? USUAL_CONSENT_REQUESTS;

const MOST_DAYS = 365;
const isDays = (days: number, from: number): boolean =>
  Number.isInteger(days) && days >= from && days <= MOST_DAYS;

/** Why an account cannot ask like this; undefined when it can. Whose wording it is, is asked elsewhere. */
export const consentRequestsFault = (requests: ConsentRequests): AccountRejection | undefined => {
  const { wordingId, daysBefore, blockFromDays } = requests;
  if (wordingId !== undefined && !WordingId.is(wordingId)) {
    const message = 'Name a wording by its id, or leave it out for the standard request.';
    return { code: 'consent-requests-invalid', message, path: 'consentRequests.wordingId' };
  }
  const wrong = daysBefore.findIndex(
    (days, index) => !isDays(days, 1) || daysBefore.indexOf(days) !== index,
  );
  if (wrong >= 0) {
    const message = `Give whole numbers of days from 1 to ${String(MOST_DAYS)}, each once; none to send no request by itself.`;
    return {
      code: 'consent-requests-invalid',
      message,
      path: `consentRequests.daysBefore.${String(wrong)}`,
    };
  }
  if (isDays(blockFromDays, 0)) return undefined;
  const message = `Give a whole number of days from 0 to ${String(MOST_DAYS)}; 0 puts no request into newsletters.`;
  return { code: 'consent-requests-invalid', message, path: 'consentRequests.blockFromDays' };
};
