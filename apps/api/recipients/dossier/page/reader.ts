import type { ProofLanguage } from '../../proof/proof-forms.ts';
import { bestLanguage, type Bilingual, type Language } from '#domain/kernel/index';
import { privacyBasisName, trackingName } from '#projections/timeline/index';
import { html, type Html, type Part } from '../../../public/html/html.ts';
import type { DossierEventAnswer } from '../dto/dossier-event.dto.ts';
import type { DossierListAnswer } from '../dto/unsubscription-entry.dto.ts';
import { evidenceInFrench } from './evidence-in-french.ts';
import { DOSSIER_WORDS } from './words.ts';
import type { DossierWords } from './words-en.ts';

type Titled = Readonly<{ title: string; id?: string }>;

/** Who reads a dossier: a language, and the time zone of the account. */
export class Reader {
  readonly language: ProofLanguage;
  readonly words: DossierWords;
  readonly #time: Intl.DateTimeFormat;

  constructor(language: ProofLanguage, timeZone: string) {
    this.language = language;
    this.words = DOSSIER_WORDS[language];
    this.#time = new Intl.DateTimeFormat(`${language}-CA`, {
      dateStyle: 'medium',
      timeStyle: 'medium',
      timeZone,
    });
  }

  /** An instant in the account's zone, and as UTC for a program. */
  time(instant: string): Html {
    return html`<time datetime="${instant}">${this.plainTime(instant)}</time>`;
  }

  plainTime(instant: string): string {
    return this.#time.format(new Date(instant));
  }

  said({ fr, en }: Bilingual): string {
    return this.language === 'fr' ? fr : en;
  }

  /** A part of a proof: what the product wrote is said in the language, all else stays as it is. */
  proven<T extends string | undefined>(text: T): string | T {
    return this.language === 'fr' && text !== undefined ? evidenceInFrench(text) : text;
  }

  /** A text of the account in the closest language. */
  text(texts: Readonly<Record<string, string>> | string): string {
    if (typeof texts === 'string') return texts;
    const found = bestLanguage(this.language as Language, Object.keys(texts));
    return (found === undefined ? undefined : texts[found]) ?? '';
  }

  listName({ listId, name }: DossierListAnswer): string {
    return name === undefined ? listId : this.text(name);
  }

  listNames(lists: readonly DossierListAnswer[]): string {
    return lists.map((list) => this.listName(list)).join(', ');
  }

  /** Who caused an event, and by which way. */
  who({ actor, channel }: Pick<DossierEventAnswer, 'actor' | 'channel'>): string {
    const { actors, channels } = this.words;
    const name = actor.name === undefined ? '' : ` ${this.words.quote(actor.name)}`;
    return `${wordFor(actors, actor.kind)}${name} (${wordFor(channels, channel)})`;
  }

  /** `Name: value`, with the space before the colon that French wants. */
  labelled(label: string, value: Part): Html {
    return html`${label}${this.words.colon}${value}`;
  }

  /** A section of law and the product's rule that follows it, as they are cited in the language. */
  law({ section, rule }: Readonly<{ section: string; rule: string }>): string {
    return `${this.words.citedSection(section)} (${this.words.citedRule(rule)})`;
  }

  tracking(mode: string): string {
    return this.said(trackingName(mode));
  }

  privacyBasis(kind: string | undefined): string {
    return kind === undefined ? this.words.noPrivacyBasis : this.said(privacyBasisName(kind));
  }

  status(status: string): string {
    return wordFor(this.words.statuses, status);
  }

  /** Where the ledger says it: `…3 of recipient-rcp_…` and the id of the event. */
  proof({ eventId, revision }: Pick<DossierEventAnswer, 'eventId' | 'revision'>): Html {
    return html`<code>#${revision} ${eventId}</code>`;
  }

  /** A table of facts: a name and a value each. What is absent is left out. */
  facts({ title }: Titled, rows: readonly (readonly [string, Part])[]): Html {
    return html`<table class="facts" aria-label="${title}">
      <tbody>
        ${rows.map(
          ([name, value]) =>
            isPresent(value) &&
            html`<tr>
              <th scope="row">${name}</th>
              <td>${value}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  /** A table with a line a row. */
  rows(titled: Titled, heads: readonly string[], rows: readonly Html[]): Html {
    return this.table(titled, heads, rows.length === 0 ? [] : [bodyOf(rows)]);
  }

  /** A table with a head that stands on each sheet; a sentence where it would be empty. */
  table({ title }: Titled, heads: readonly string[], bodies: readonly Html[]): Html {
    if (bodies.length === 0) return html`<p>${this.words.none}</p>`;
    return html`<div class="scroll" role="region" aria-label="${title}" tabindex="0">
      <table>
        <thead>
          <tr>
            ${heads.map((head) => html`<th scope="col">${head}</th>`)}
          </tr>
        </thead>
        ${bodies}
      </table>
    </div>`;
  }

  section({ title, id = '' }: Titled, ...content: readonly Part[]): Html {
    return html`<section>
      <h2 id="${id}">${title}</h2>
      ${content}
    </section>`;
  }
}

const bodyOf = (rows: readonly Html[]): Html =>
  html`<tbody>
    ${rows}
  </tbody>`;

const isPresent = (value: Part): boolean =>
  value !== undefined &&
  value !== false &&
  value !== '' &&
  !(Array.isArray(value) && value.length === 0);

/** The word for a code; the code itself where there is none. */
export const wordFor = (words: Readonly<Record<string, string>>, code: string): string =>
  (Object.hasOwn(words, code) ? words[code] : undefined) ?? code;
