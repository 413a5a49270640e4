import type { MessageClass } from '#domain/consent/index';
import { instantOf, type AccountId, type Instant, type ListId } from '#domain/kernel/index';
import { recipientDirectory } from '#projections/recipient-directory/index';
import { unknown } from '../http/problem.ts';
import type { ReadModels } from '../reading/read-models.ts';
import type { AccountTermsOverTime } from '../recipients/explain/account-terms.ts';
import { instantFrom } from '../recipients/explain/as-of.ts';
import type { References } from '../references.ts';
import type { Streams } from '../streams.ts';
import type { Question } from './answer-at.ts';
import { differenceBetween, type DifferenceLine, type DifferenceSummary } from './difference.ts';
import { historiesOf, type Person } from './histories.ts';
import { mailableAt, type MailableLine, type MailableSummary } from './mailable-at.ts';
import type { Report } from './report.ts';

type About = Readonly<{ listId?: ListId; class?: MessageClass }>;
type Asked = Readonly<{ at: Instant; now: Instant; about: About }>;

/** Who could be mailed when, and why, over a list or the whole account. */
export class Mailable {
  readonly #streams: Streams;
  readonly #models: ReadModels;
  readonly #references: References;
  readonly #terms: AccountTermsOverTime;

  constructor(
    streams: Streams,
    models: ReadModels,
    references: References,
    terms: AccountTermsOverTime,
  ) {
    this.#streams = streams;
    this.#models = models;
    this.#references = references;
    this.#terms = terms;
  }

  /** Throws the problems `unknown-list` and `projection-behind`. */
  async at(
    accountId: AccountId,
    query: About & Readonly<{ at?: string }>,
  ): Promise<Report<MailableLine, MailableSummary>> {
    const now = instantOf(this.#streams.now());
    const at = query.at === undefined ? now : instantFrom(query.at);
    const question = await this.#question(accountId, { at, now, about: query });
    return mailableAt(await this.#people(accountId, query), question);
  }

  /** Throws the same. */
  async difference(
    accountId: AccountId,
    query: About & Readonly<{ from: string; to: string }>,
  ): Promise<Report<DifferenceLine, DifferenceSummary>> {
    const now = instantOf(this.#streams.now());
    const asked = (text: string): Asked => ({ at: instantFrom(text), now, about: query });
    const from = await this.#question(accountId, asked(query.from));
    const to = await this.#question(accountId, asked(query.to));
    return differenceBetween(await this.#people(accountId, query), from, to);
  }

  async #question(accountId: AccountId, { at, now, about }: Asked): Promise<Question> {
    const terms = await this.#terms.at(accountId, at, now);
    if (terms === undefined) throw unknown('account');
    const { listId } = about;
    return {
      ...{ at, now, terms, class: about.class ?? 'commercial' },
      ...(listId !== undefined && { listId }),
    };
  }

  async #people(
    accountId: AccountId,
    { listId }: About,
  ): Promise<AsyncIterable<readonly Person[]>> {
    if (listId !== undefined) await this.#references.list(accountId, listId, 'listId');
    const { ledger } = this.#streams;
    const upTo = await ledger.head();
    // The account itself is recorded.
    if (upTo === undefined) throw unknown('account');
    const directory = await this.#models.seen(recipientDirectory, upTo);
    return historiesOf({ ledger, directory, accountId, upTo });
  }
}
