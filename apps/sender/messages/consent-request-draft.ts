import { lastLawfulDay, maySend, type Consent } from '#domain/consent/index';
import type { CivilDate, Instant, Language } from '#domain/kernel/index';
import type { Recipient } from '#domain/recipient/index';
import type { Draft, DraftParts } from './draft.ts';
import { newsletterHeaders } from './headers.ts';
import { noticeLanguage, type NoticeContents } from './notice-draft.ts';
import { RELATION_WORDS } from './relation-words.ts';
import { commonValues, shownLists, textIn } from './shown-values.ts';

type ImpliedConsent = Extract<Consent, { kind: 'implied' }>;

const dayInWords = (day: CivilDate, language: 'fr' | 'en'): string =>
  new Intl.DateTimeFormat(`${language}-CA`, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(day),
  );

/** The implied consent that ends on a day; of several, the one recorded last. */
const endingOn = ({ consents }: Recipient, day: CivilDate): ImpliedConsent | undefined =>
  consents.findLast(
    (consent): consent is ImpliedConsent =>
      consent.kind === 'implied' && lastLawfulDay(consent) === day,
  );

/**
 * The mail that asks for express consent before an implied one lapses: why the person gets it, until when
 * they may be written to, and where to answer. A commercial message like any other (C-01). Undefined where
 * the consent has no end, so that there is nothing to ask for.
 */
export const consentRequestDraft = (
  parts: DraftParts,
  { consentRequest }: NoticeContents,
  now: Instant,
): Draft | undefined => {
  const { delivery, recipient, party, materials, links, returnAddress } = parts;
  const { content, accountId, listIds } = delivery;
  if (content?.kind !== 'consent-request' || accountId === undefined) return undefined;
  const { lastDay } = maySend(recipient, party.terms, { class: 'commercial', listIds }, now);
  const consent = lastDay === undefined ? undefined : endingOn(recipient, lastDay);
  if (lastDay === undefined || consent === undefined) return undefined;
  const language = noticeLanguage(recipient.language);
  const tag = language as Language;
  const [first] = listIds;
  const firstName = first === undefined ? undefined : materials.listNames.get(first);
  return {
    language: tag,
    content: consentRequest[language],
    isUnsubscribable: true,
    values: {
      ...commonValues(parts, tag),
      lists: shownLists(listIds, materials.listNames, tag),
      consent: {
        relation: `${RELATION_WORDS[consent.basis][language]} ${dayInWords(consent.date, language)}`,
        lastDay: dayInWords(lastDay, language),
      },
    },
    headers: newsletterHeaders({
      accountId,
      accountName: party.terms.name,
      senderAddress: party.sender.email,
      listIds,
      listName: firstName && textIn(firstName, tag),
      unsubscribeUrl: links.unsubscribe,
      preferencesUrl: links.preferences,
      campaign: content.wordingId,
      type: 'consent-request',
      returnAddress,
    }),
  };
};
