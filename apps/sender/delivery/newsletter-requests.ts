import { consentRequestTerms, type AccountTerms } from '#domain/account/index';
import type { Delivery } from '#domain/delivery/index';
import {
  bestLanguage,
  civilDateIn,
  plusDays,
  type AccountId,
  type CivilDate,
  type Instant,
  type Language,
} from '#domain/kernel/index';
import {
  recipientStream,
  requestInNewsletter,
  type Recipient,
  type RequestInNewsletter,
} from '#domain/recipient/index';
import type { StateCache } from '#libs/commands/index';
import type { Ledger, LedgerAppend } from '#libs/ledger/port';
import type { Log } from '#libs/projecting/index';
import { requestWording, type RequestWording } from '../consent-clock/request-wording.ts';
import type { Materials } from '../messages/materials.ts';
import { systemContext } from '../system-context.ts';
import type { GateAnswer } from './gate.ts';
import type { Entry } from './journal.ts';

/** A delivery that is due, with the decision whether it may leave. */
export type Judged = Readonly<{ entry: Entry; recipient: Recipient; answer: GateAnswer }>;

/** The request for express consent that one newsletter carries to one person, and its words. */
export type CarriedRequest = RequestInNewsletter & Readonly<{ wording: RequestWording }>;

type RequestParts = Readonly<{ ledger: Ledger; states: StateCache; log: Log }>;

/** Whether this newsletter asks this person for express consent now: the recipient's own rules decide (CON-4, C-16). */
export const requestIn = (
  { content }: Delivery,
  recipient: Recipient,
  terms: AccountTerms,
  now: Instant,
): RequestInNewsletter | undefined => {
  if (content?.kind !== 'newsletter') return undefined;
  const withinDays = consentRequestTerms(terms).blockFromDays;
  return requestInNewsletter(recipient, { id: content.newsletterId, withinDays }, terms, now);
};

/** Whether it is worth asking the rules: for nearly everybody it is not, and that costs next to nothing. */
const isNear = (lastDay: CivilDate, terms: AccountTerms, now: Instant): boolean => {
  const { blockFromDays } = consentRequestTerms(terms);
  return blockFromDays > 0 && plusDays(civilDateIn(terms.timeZone, now), blockFromDays) >= lastDay;
};

type Asking = Readonly<{
  accountId: AccountId;
  terms: AccountTerms;
  request: RequestInNewsletter;
}>;

const askingOf = (
  { entry, recipient, answer }: Judged,
  parties: Materials['parties'],
  now: Instant,
): Asking | undefined => {
  if (!answer.allow || answer.lastDay === undefined) return undefined;
  const { accountId } = entry.delivery;
  const terms = accountId && parties.get(accountId)?.terms;
  if (accountId === undefined || terms === undefined || !isNear(answer.lastDay, terms, now)) {
    return undefined;
  }
  const request = requestIn(entry.delivery, recipient, terms, now);
  return request && { accountId, terms, request };
};

/** Finds out which newsletters of a batch ask for express consent, and by which words. */
export class NewsletterRequests {
  readonly #parts: RequestParts;

  constructor(parts: RequestParts) {
    this.#parts = parts;
  }

  async among(
    judged: readonly Judged[],
    { parties }: Pick<Materials, 'parties'>,
    now: Instant,
  ): Promise<ReadonlyMap<Judged, CarriedRequest>> {
    const requests = new Map<Judged, CarriedRequest>();
    const wordings = new Map<AccountId, RequestWording | undefined>();
    for (const each of judged) {
      const asking = askingOf(each, parties, now);
      if (asking === undefined) continue;
      const { accountId, terms, request } = asking;
      if (!wordings.has(accountId)) {
        wordings.set(accountId, await this.#wording(accountId, terms, now));
      }
      const wording = wordings.get(accountId);
      if (wording !== undefined) requests.set(each, { ...request, wording });
    }
    return requests;
  }

  async #wording(
    accountId: AccountId,
    terms: AccountTerms,
    now: Instant,
  ): Promise<RequestWording | undefined> {
    const wording = await requestWording({ ...this.#parts, accountId, terms, now });
    if (wording === undefined) {
      this.#parts.log.error(
        { event: 'request-wording-missing', accountId },
        'Newsletters cannot ask for consent: the wording that the account names is not there.',
      );
    }
    return wording;
  }
}

/** The account's words need not speak every language that its newsletters do. */
const languageRead = ({ texts }: RequestWording, language: Language) => {
  const read = bestLanguage(language, Object.keys(texts) as Language[]);
  return read === undefined ? {} : { language: read };
};

/** Puts the request on the recipient's record, as they were when it was decided; undefined when it is there. */
export const requestAppend = (
  { entry, recipient }: Judged,
  { events, wording }: CarriedRequest,
  { messageId, language, now }: Readonly<{ messageId: string; language: Language; now: Instant }>,
): LedgerAppend | undefined => {
  const { accountId, recipientId, content } = entry.delivery;
  if (accountId === undefined || recipientId === undefined || content?.kind !== 'newsletter') {
    throw new Error('Only a newsletter carries a request.');
  }
  if (events.length === 0) return undefined;
  const { newsletterId, campaignId } = content;
  return {
    format: recipientStream as unknown as LedgerAppend['format'],
    key: recipientId,
    expected: recipient.revision,
    events,
    context: systemContext({
      accountId,
      correlationId: campaignId,
      now,
      evidence: { newsletterId, campaignId, messageId },
      wording: { ...wording.shown, ...languageRead(wording, language) },
    }),
  };
};
