import { maySend } from '#domain/consent/index';
import type { Instant, Language } from '#domain/kernel/index';
import { requestGrounds } from '#domain/recipient/index';
import type { Draft, DraftParts } from './draft.ts';
import { newsletterHeaders } from './headers.ts';
import { noticeLanguage, type NoticeContents } from './notice-draft.ts';
import { commonValues, shownLists, textIn } from './shown-values.ts';

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
  if (lastDay === undefined) return undefined;
  const language = noticeLanguage(recipient.language);
  const { relation, ...until } = requestGrounds(recipient, lastDay, recipient.language);
  if (relation === undefined) return undefined;
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
      consent: { relation, ...until },
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
