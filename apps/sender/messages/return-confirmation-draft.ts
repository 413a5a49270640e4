import type { Language } from '#domain/kernel/index';
import { confirmationHeaders } from './headers.ts';
import type { Draft, DraftParts } from './draft.ts';
import { noticeLanguage, type NoticeContents } from './notice-draft.ts';
import { commonValues, shownLists } from './shown-values.ts';

/** The link by which somebody who left confirms that they come back, in the words of any confirmation (C-27). */
export const returnConfirmationDraft = (
  parts: DraftParts,
  { confirmation }: NoticeContents,
): Draft => {
  const { delivery, recipient, materials, links } = parts;
  const language = noticeLanguage(recipient.language);
  const tag = language as Language;
  const lists = shownLists(delivery.listIds, materials.listNames, tag);
  return {
    language: tag,
    content: confirmation[language],
    isUnsubscribable: false,
    values: { ...commonValues(parts, tag), lists, links },
    headers: confirmationHeaders(),
  };
};
