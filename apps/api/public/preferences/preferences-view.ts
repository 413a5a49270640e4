import { isShredded } from '#domain/kernel/index';
import { fieldsStream, type Field } from '#domain/field/index';
import type { FieldValues } from '#domain/recipient/index';
import type { Streams } from '../../streams.ts';
import type { Setting } from '../html/page.ts';
import type { Links } from '../people/links.ts';
import type { PageLists } from '../people/page-lists.ts';
import type { Visitor } from '../people/visitors.ts';
import type { WaysBack } from '../people/ways-back.ts';
import type { PreferencesPage } from './preferences-page.ts';
import { isOnList } from './wishes.ts';

export const valuesOf = ({ recipient }: Visitor): FieldValues =>
  isShredded(recipient.fields) ? {} : recipient.fields.reveal();

/** Gathers what the preference page shows to one person. */
export class PreferencesView {
  readonly #streams: Streams;
  readonly #lists: PageLists;
  readonly #links: Links;
  readonly #waysBack: WaysBack;

  constructor(streams: Streams, lists: PageLists, links: Links, waysBack: WaysBack) {
    this.#streams = streams;
    this.#lists = lists;
    this.#links = links;
    this.#waysBack = waysBack;
  }

  async of(visitor: Visitor, setting: Setting): Promise<PreferencesPage> {
    const { link, publisher, recipient } = visitor;
    const { language } = setting;
    const isOut = recipient.unsubscribed !== undefined || recipient.complained !== undefined;
    const visible = isOut ? [] : await this.#lists.visible(link.accountId, language);
    const values = valuesOf(visitor);
    const fields = await this.#fields(visitor);
    return {
      publisher,
      setting,
      language: recipient.language,
      isOut,
      tracking: recipient.tracking,
      lists: visible.map((list) => ({ ...list, isOn: isOnList(recipient, list.id) })),
      form: await this.#waysBack.formOf(visitor, setting),
      fields: fields.map((field) => ({ field, value: String(values[field.key] ?? '') })),
      unsubscribePath: this.#links.path('unsubscribe', link),
    };
  }

  /**
   * What the account asks openly. Sensitive fields are left out: a forwarded mail must not show them to whoever
   * opens its links.
   */
  async #fields({ link }: Visitor): Promise<readonly Field[]> {
    const defined = await this.#streams.recent(fieldsStream, link.accountId);
    return [...defined.values()].filter(({ hidden, sensitive }) => !hidden && !sensitive);
  }
}
