import {
  bestLanguage,
  isShredded,
  NewsletterId,
  type JsonObject,
  type Language,
} from '#domain/kernel/index';
import { accountStream } from '#domain/account/index';
import { deliveryStream } from '#domain/delivery/index';
import { newsletterStream, type Newsletter } from '#domain/newsletter/index';
import type { PublicLink } from '#libs/public-links/index';
import type { ConsentBlock } from '#libs/rendering/index';
import type { ListNames } from '../../lists/list-names.ts';
import type { Previews } from '../../newsletters/previews.ts';
import { templateValues } from '../../newsletters/template-values.ts';
import type { Present } from '../../owned.ts';
import type { Streams } from '../../streams.ts';
import type { Links } from '../people/links.ts';
import type { Visitors } from '../people/visitors.ts';
import { type Visitor } from '../people/visitors.ts';

/** A newsletter that somebody received, and the languages that it can be read in. */
export type Received = Readonly<{
  visitor: Visitor;
  newsletter: Present<Newsletter>;
  languages: readonly Language[];
}>;

export type ShownVersion = Readonly<{ subject: string; html: string }>;

/** Newsletters as they were sent to one person, for reading in a browser (LNG-1). */
export class NewsletterViews {
  readonly #streams: Streams;
  readonly #visitors: Visitors;
  readonly #links: Links;
  readonly #previews: Previews;
  readonly #listNames: ListNames;

  constructor(
    streams: Streams,
    visitors: Visitors,
    links: Links,
    previews: Previews,
    listNames: ListNames,
  ) {
    this.#streams = streams;
    this.#visitors = visitors;
    this.#links = links;
    this.#previews = previews;
    this.#listNames = listNames;
  }

  /** Undefined when the link is about no newsletter, or one without content. */
  async find(link: PublicLink): Promise<Received | undefined> {
    if (!NewsletterId.is(link.about)) return undefined;
    const visitor = await this.#visitors.find(link);
    const newsletter = await this.#streams.recent(newsletterStream, link.about);
    if (visitor === undefined || newsletter.status === 'none') return undefined;
    if (newsletter.accountId !== link.accountId || newsletter.versions.size === 0) return undefined;
    return { visitor, newsletter, languages: [...newsletter.versions.keys()] };
  }

  /** The version in a language, filled in for the person; undefined for somebody who was erased. */
  async render(received: Received, language: Language): Promise<ShownVersion | undefined> {
    const { visitor, newsletter } = received;
    const version = newsletter.versions.get(language);
    const values = await this.#values(visitor, newsletter, language);
    if (version === undefined || values === undefined) return undefined;
    const { subject, html } = await this.#previews.parts(version, values);
    return { subject, html };
  }

  async #values(
    visitor: Visitor,
    { name }: Present<Newsletter>,
    language: Language,
  ): Promise<JsonObject | undefined> {
    const { link, recipient } = visitor;
    if (isShredded(recipient.address)) return undefined;
    const account = await this.#streams.recent(accountStream, link.accountId);
    const joined = [...recipient.lists].flatMap(([id, { status }]) =>
      status === 'subscribed' ? [id] : [],
    );
    return templateValues({
      account,
      language,
      newsletter: { id: link.about, name },
      campaignId: await this.#campaignOf(link),
      request: await this.#requestIn(visitor, language),
      person: {
        email: recipient.address.reveal(),
        language: recipient.language,
        fields: isShredded(recipient.fields) ? {} : recipient.fields.reveal(),
        lists: await this.#listNames.named(joined, language),
      },
      links: {
        unsubscribe: this.#links.address('unsubscribe', link),
        preferences: this.#links.address('preferences', link),
        viewInBrowser: this.#links.address('view', link),
        consent: this.#links.address('consent', link),
      },
    });
  }

  /** As the message said it, whatever the person has answered since: the page behind it knows. */
  async #requestIn(
    { link, publisher, recipient }: Visitor,
    language: Language,
  ): Promise<ConsentBlock | undefined> {
    const { accountId, about } = link;
    const lastDay = NewsletterId.is(about) ? recipient.requestedIn.get(about) : undefined;
    if (lastDay === undefined) return undefined;
    const { terms } = publisher;
    const url = this.#links.address('consent', link);
    return this.#previews.requests.until(lastDay, { accountId, terms, recipient, language, url });
  }

  async #campaignOf({ about, recipientId }: PublicLink): Promise<string> {
    const { state } = await this.#streams.read(deliveryStream, `${about}.${recipientId}`);
    return state.content?.kind === 'newsletter' ? state.content.campaignId : '';
  }
}

/** The version asked for, else the one that suits the person. */
export const languageShown = (
  { visitor, languages }: Received,
  asked: Language | undefined,
): Language | undefined =>
  languages.find((each) => each === asked) ?? bestLanguage(visitor.recipient.language, languages);
