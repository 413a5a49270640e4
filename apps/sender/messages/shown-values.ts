import type { Standing } from '#domain/consent/index';
import {
  bestLanguage,
  isShredded,
  type Language,
  type ListId,
  type Texts,
} from '#domain/kernel/index';
import { senderBlock, type TemplateValues } from '#libs/rendering/index';
import type { DraftParts } from './draft.ts';

/** A text in the language closest to the one wanted. */
export const textIn = (texts: Texts, language: Language): string => {
  const chosen = bestLanguage(language, Object.keys(texts));
  return chosen === undefined ? '' : (texts[chosen] ?? '');
};

/** The lists that somebody is on now. */
export const subscribedLists = ({ lists }: Pick<Standing, 'lists'>): ListId[] =>
  [...lists].flatMap(([listId, { status }]) => (status === 'subscribed' ? [listId] : []));

export const shownLists = (
  listIds: Iterable<ListId>,
  names: ReadonlyMap<ListId, Texts>,
  language: Language,
): { id: ListId; name: string }[] =>
  Array.from(listIds).flatMap((id) => {
    const name = names.get(id);
    return name === undefined ? [] : [{ id, name: textIn(name, language) }];
  });

/** The Liquid variables that every message has (api.md). */
export const commonValues = (parts: DraftParts, language: Language): TemplateValues => {
  const { recipient, address, party, links } = parts;
  const { confirm: _confirm, ...shownLinks } = links;
  return {
    recipient: { email: address, language: recipient.language },
    fields: isShredded(recipient.fields) ? {} : recipient.fields.reveal(),
    account: { name: party.terms.name },
    sender: { ...party.sender, block: senderBlock(party.sender, language) },
    links: shownLinks,
  };
};
