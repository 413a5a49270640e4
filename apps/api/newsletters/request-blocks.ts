import { consentRequestTerms, type Account, type AccountTerms } from '#domain/account/index';
import { maySend } from '#domain/consent/index';
import {
  bestLanguage,
  civilDateIn,
  instantOf,
  plusDays,
  type AccountId,
  type CivilDate,
  type Instant,
  type Language,
  type NewsletterId,
  type Texts,
} from '#domain/kernel/index';
import { requestGrounds, requestInNewsletter, type Recipient } from '#domain/recipient/index';
import { STANDARD_REQUEST, standardRequestId, wordingStream } from '#domain/wording/index';
import { consentBlock, type ConsentBlock } from '#libs/rendering/index';
import type { Streams } from '../streams.ts';

type Asked = Readonly<{
  accountId: AccountId;
  terms: AccountTerms;
  recipient: Recipient;
  /** Of the version that is looked at. */
  language: Language;
  /** The page behind the request. */
  url: string;
}>;

type Previewed = Omit<Asked, 'terms'> &
  Readonly<{
    account: Account;
    newsletterId: NewsletterId;
    /** To see how it looks, where it would not be asked. */
    isAlwaysShown: boolean;
  }>;

/** The request for express consent as newsletters carry it, for people who look at one; nothing is recorded. */
export class RequestBlocks {
  readonly #streams: Streams;

  constructor(streams: Streams) {
    this.#streams = streams;
  }

  /** What a newsletter says that asks until a day. Undefined when the wording of the account is not there. */
  async until(lastDay: CivilDate, asked: Asked): Promise<ConsentBlock | undefined> {
    const { recipient, language, url } = asked;
    const texts = await this.#texts(asked);
    const read = texts && bestLanguage(language, Object.keys(texts));
    if (texts === undefined || read === undefined) return undefined;
    const question = texts[read] ?? '';
    const grounds = requestGrounds(recipient, lastDay, language);
    return consentBlock({ ...grounds, question, url }, language);
  }

  /** What the newsletter would say to the recipient if it left now; undefined where it would not ask (C-16). */
  async ifSentNow({ account, ...previewed }: Previewed): Promise<ConsentBlock | undefined> {
    if (account.status === 'none') return undefined;
    const { terms } = account;
    const { recipient, newsletterId: id, isAlwaysShown } = previewed;
    const now = instantOf(this.#streams.now());
    const withinDays = consentRequestTerms(terms).blockFromDays;
    const lastDay =
      requestInNewsletter(recipient, { id, withinDays }, terms, now)?.lastDay ??
      (isAlwaysShown ? sampleDay(recipient, terms, now) : undefined);
    return lastDay === undefined ? undefined : this.until(lastDay, { ...previewed, terms });
  }

  async #texts({ accountId, terms }: Asked): Promise<Texts | undefined> {
    const standard = standardRequestId(accountId);
    const wordingId = consentRequestTerms(terms).wordingId ?? standard;
    const wording = await this.#streams.recent(wordingStream, wordingId);
    // The standard request goes on record when it is first used.
    if (wording.status === 'none') {
      return wordingId === standard ? STANDARD_REQUEST.texts : undefined;
    }
    return wording.accountId === accountId ? wording.latest.texts : undefined;
  }
}

const SAMPLE_DAYS = 30;

/** A day to show the request with: the person's own where they have one, or one to come. */
const sampleDay = (recipient: Recipient, terms: AccountTerms, now: Instant): CivilDate =>
  maySend(recipient, terms, { class: 'commercial', listIds: [] }, now).lastDay ??
  plusDays(civilDateIn(terms.timeZone, now), SAMPLE_DAYS);
