import { lastLawfulDay, RELATION_WORDS, type Consent } from '#domain/consent/index';
import { dayInWords, primaryLanguage, type CivilDate, type Language } from '#domain/kernel/index';
import type { Recipient } from './state.ts';

type ImpliedConsent = Extract<Consent, { kind: 'implied' }>;

/** Why we may still write to a person, and until when, in words that are said to them. */
export type RequestGrounds = Readonly<{
  /** Absent where the consent that ended on that day is no longer on record. */
  relation?: string;
  lastDay: string;
}>;

/** The implied consent that ends on a day; of several, the one recorded last. */
const endingOn = ({ consents }: Recipient, day: CivilDate): ImpliedConsent | undefined =>
  consents.findLast(
    (consent): consent is ImpliedConsent =>
      consent.kind === 'implied' && lastLawfulDay(consent) === day,
  );

/** What a request for express consent says of the implied one that allows it, in French or English (CON-4). */
export const requestGrounds = (
  recipient: Recipient,
  lastDay: CivilDate,
  wanted: Language,
): RequestGrounds => {
  const language = primaryLanguage(wanted) === 'fr' ? 'fr' : 'en';
  const consent = endingOn(recipient, lastDay);
  const relation =
    consent && `${RELATION_WORDS[consent.basis][language]} ${dayInWords(consent.date, language)}`;
  return {
    ...(relation === undefined ? {} : { relation }),
    lastDay: dayInWords(lastDay, language),
  };
};
