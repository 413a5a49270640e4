import { maySend } from '#domain/consent/index';
import { civilDateIn, instantOf, type CivilDate } from '#domain/kernel/index';
import type { Recipient } from '#domain/recipient/index';
import type { ShownStatement } from '../../statements/shown-statement.ts';
import type { Streams } from '../../streams.ts';
import type { Page, Setting } from '../html/page.ts';
import type { Links } from '../people/links.ts';
import type { Visitor } from '../people/visitors.ts';
import type { WaysBack } from '../people/ways-back.ts';
import {
  agreedPage,
  alreadyPage,
  outPage,
  questionPage,
  refusedPage,
  suspendedPage,
  type ConsentFault,
  type ConsentShown,
} from './consent-pages.ts';
import type { ConsentQuestion, ConsentQuestions } from './consent-questions.ts';
import { consentStanding } from './consent-standing.ts';

/** One person, with what they are asked, and how the page speaks to them. */
export type AskedPerson = Readonly<{
  visitor: Visitor;
  question: ConsentQuestion;
  setting: Setting;
}>;

/** What the page is shown again for. */
export type Again = Readonly<{ status?: number; fault?: ConsentFault }>;

/** Chooses what the page behind a request for consent shows to one person. */
export class ConsentView {
  readonly #streams: Streams;
  readonly #questions: ConsentQuestions;
  readonly #links: Links;
  readonly #waysBack: WaysBack;

  constructor(streams: Streams, questions: ConsentQuestions, links: Links, waysBack: WaysBack) {
    this.#streams = streams;
    this.#questions = questions;
    this.#links = links;
    this.#waysBack = waysBack;
  }

  /** Undefined when the person is no longer known: then there is nobody to show anything to. */
  async page(asked: AskedPerson, { status, fault }: Again = {}): Promise<Page | undefined> {
    const { visitor, question, setting } = asked;
    const { recipient, publisher } = visitor;
    const shown = this.#shown(asked, status);
    const standing = consentStanding(recipient);
    switch (standing.kind) {
      case 'gone':
        return undefined;
      case 'suspended':
        return suspendedPage(shown);
      case 'out':
        return outPage(shown, await this.#waysBack.formOf(visitor, setting));
      case 'agreed':
        // Said once more is no conflict: it is on record.
        return alreadyPage(this.#shown(asked), standing.date);
      case 'open': {
        const { refusedAt } = standing;
        const { timeZone } = publisher.terms;
        const refusedOn = refusedAt === undefined ? undefined : civilDateIn(timeZone, refusedAt);
        const statement = this.#questions.statement(question, visitor, setting.language);
        return questionPage(shown, { statement, refusedOn, fault });
      }
    }
  }

  /** After the answer; `recipient` as it is now. */
  agreed(asked: AskedPerson, recipient: Recipient, statement: ShownStatement): Page {
    const standing = consentStanding(recipient);
    if (standing.kind !== 'agreed') throw new Error('A consent that was given is not there.');
    return agreedPage(this.#answered(asked), { date: standing.date, statement });
  }

  refused(asked: AskedPerson): Page {
    return refusedPage(this.#answered(asked));
  }

  /** What a button led to has no other language to be had in: that link would ask again. */
  #answered(asked: AskedPerson): ConsentShown {
    const shown = this.#shown(asked);
    return { ...shown, setting: { ...shown.setting, languages: [] } };
  }

  #shown({ visitor, setting }: AskedPerson, status?: number): ConsentShown {
    const { link, publisher } = visitor;
    const inLanguage = (path: string): string => `${path}?lang=${setting.language}`;
    return {
      publisher,
      setting,
      lastDay: this.#lastDay(visitor),
      unsubscribePath: inLanguage(this.#links.path('unsubscribe', link)),
      preferencesPath: inLanguage(this.#links.path('preferences', link)),
      ...(status !== undefined && { status }),
    };
  }

  #lastDay({ recipient, publisher }: Visitor): CivilDate | undefined {
    const scope = { class: 'commercial', listIds: [] } as const;
    const decision = maySend(recipient, publisher.terms, scope, instantOf(this.#streams.now()));
    return decision.allow ? decision.lastDay : undefined;
  }
}
