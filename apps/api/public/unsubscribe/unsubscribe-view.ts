import { isShredded, type ListId } from '#domain/kernel/index';
import type { Setting } from '../html/page.ts';
import type { Links } from '../people/links.ts';
import type { PageLists } from '../people/page-lists.ts';
import type { Visitor } from '../people/visitors.ts';
import type { WaysBack } from '../people/ways-back.ts';
import type { UnsubscribePage } from './unsubscribe-page.ts';

/** Gathers what the unsubscribe page offers to one person. */
export class UnsubscribeView {
  readonly #lists: PageLists;
  readonly #links: Links;
  readonly #waysBack: WaysBack;

  constructor(lists: PageLists, links: Links, waysBack: WaysBack) {
    this.#lists = lists;
    this.#links = links;
    this.#waysBack = waysBack;
  }

  async of(visitor: Visitor, setting: Setting): Promise<UnsubscribePage> {
    const { link, publisher, recipient, messageLists } = visitor;
    const { language } = setting;
    const isOn = (id: ListId): boolean => recipient.lists.get(id)?.status === 'subscribed';
    const isErased = isShredded(recipient.address);
    const isOut = recipient.unsubscribed !== undefined || recipient.complained !== undefined;
    const others = [...recipient.lists.keys()].filter(
      (id) => isOn(id) && !messageLists.includes(id),
    );
    const visible = isOut || isErased ? [] : await this.#lists.visible(link.accountId, language);
    return {
      publisher,
      setting,
      isOut,
      leavable: await this.#lists.named(link.accountId, messageLists.filter(isOn), language),
      others: await this.#lists.named(link.accountId, others, language),
      joinable: visible.filter(({ id }) => !isOn(id)),
      form: await this.#waysBack.formOf(visitor, setting),
      preferencesPath: isErased ? undefined : this.#links.path('preferences', link),
    };
  }

  /** Whether these lists are the account's, and, to be joined, shown to people. */
  async offers(
    { link, publisher }: Visitor,
    listIds: readonly ListId[],
    to: 'leave' | 'join',
  ): Promise<boolean> {
    const [language] = publisher.terms.languages;
    if (language === undefined) return false;
    const lists =
      to === 'join'
        ? await this.#lists.visible(link.accountId, language)
        : await this.#lists.named(link.accountId, listIds, language);
    return listIds.every((id) => lists.some((list) => list.id === id));
  }
}
