import { isShredded } from '#domain/kernel/index';
import { fieldsStream, type Field } from '#domain/field/index';
import type { FieldValues } from '#domain/recipient/index';
import type { Streams } from '../../streams.ts';
import { consentStanding } from '../consent/consent-standing.ts';
import type { Setting } from '../html/page.ts';
import type { Links } from '../people/links.ts';
import type { PageLists } from '../people/page-lists.ts';
import type { Visitor } from '../people/visitors.ts';
import type { FormLink, WaysBack } from '../people/ways-back.ts';
import type { PreferencesPage } from './preferences-page.ts';
import type { Returns } from './returns.ts';
import { isOnList } from './wishes.ts';

export const valuesOf = ({ recipient }: Visitor): FieldValues =>
  isShredded(recipient.fields) ? {} : recipient.fields.reveal();

/** Gathers what the preference page shows to one person. */
export class PreferencesView {
  readonly #streams: Streams;
  readonly #lists: PageLists;
  readonly #links: Links;
  readonly #waysBack: WaysBack;
  readonly #returns: Returns;

  constructor(
    streams: Streams,
    lists: PageLists,
    links: Links,
    waysBack: WaysBack,
    returns: Returns,
  ) {
    this.#streams = streams;
    this.#lists = lists;
    this.#links = links;
    this.#waysBack = waysBack;
    this.#returns = returns;
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
      ...(await this.#wayBack(visitor, setting)),
      fields: fields.map((field) => ({ field, value: String(values[field.key] ?? '') })),
      unsubscribePath: this.#links.path('unsubscribe', link),
    };
  }

  /** By this page; by a form only where the page has nothing to ask by. */
  async #wayBack(
    visitor: Visitor,
    setting: Setting,
  ): Promise<Pick<PreferencesPage, 'comeBack' | 'form'>> {
    const offer = await this.#returns.offer(visitor, setting);
    if (offer !== undefined) return { comeBack: { offer }, form: undefined };
    const isOut = consentStanding(visitor.recipient).kind === 'out';
    const form: FormLink | undefined = isOut
      ? await this.#waysBack.formOf(visitor, setting)
      : undefined;
    return { comeBack: undefined, form };
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
