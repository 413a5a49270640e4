import { bestLanguage, type Language } from '#domain/kernel/index';
import { requestGrounds } from '#domain/recipient/index';
import { consentBlock, type TemplateValues } from '#libs/rendering/index';
import { newsletterHeaders } from './headers.ts';
import type { Draft, DraftParts } from './draft.ts';
import type { Issue } from './materials.ts';
import { commonValues, shownLists, subscribedLists, textIn } from './shown-values.ts';

/** Nothing, not even an empty text, where nothing is asked: Liquid takes an empty text for something. */
const consentValues = (
  { recipient, links, request }: DraftParts,
  language: Language,
): TemplateValues => {
  if (request === undefined) return {};
  const { lastDay, wording } = request;
  const question = {
    ...requestGrounds(recipient, lastDay, language),
    question: textIn(wording.texts, language),
    url: links.consent,
  };
  return { consent: { block: consentBlock(question, language) } };
};

/** The version in the language that suits the recipient best; undefined when there is none. */
const versionFor = ({ language: wanted }: DraftParts['recipient'], { versions }: Issue) => {
  const language = bestLanguage(wanted, [...versions.keys()]);
  const compiled = language && versions.get(language);
  return compiled && { language, compiled };
};

/** A newsletter in the version that suits the recipient; undefined when it has no version. */
export const newsletterDraft = (parts: DraftParts): Draft | undefined => {
  const { delivery, recipient, party, materials, links, returnAddress } = parts;
  const { content, accountId, listIds } = delivery;
  if (content?.kind !== 'newsletter' || accountId === undefined) return undefined;
  const issue = materials.issues.get(content.newsletterId);
  const version = issue && versionFor(recipient, issue);
  if (issue === undefined || version === undefined) return undefined;
  const { language, compiled } = version;
  const [listId] = listIds;
  const listName = listId === undefined ? undefined : materials.listNames.get(listId);
  return {
    language,
    content: compiled,
    isUnsubscribable: true,
    values: {
      ...commonValues(parts, language),
      ...consentValues(parts, language),
      lists: shownLists(subscribedLists(recipient), materials.listNames, language),
      newsletter: { id: content.newsletterId, name: issue.name, language },
      campaign: { id: content.campaignId },
    },
    headers: newsletterHeaders({
      accountId,
      accountName: party.terms.name,
      senderAddress: party.sender.email,
      listIds,
      listName: listName && textIn(listName, language),
      unsubscribeUrl: links.unsubscribe,
      preferencesUrl: links.preferences,
      campaign: content.campaignId,
      type: 'newsletter',
      returnAddress,
    }),
  };
};
