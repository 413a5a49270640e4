import { accountStream, type Account, type AccountTerms } from '#domain/account/index';
import type { AccountId, Instant } from '#domain/kernel/index';
import { NOTHING_PERSONAL, type Ledger } from '#libs/ledger/index';

type Change = Readonly<{ recordedAt: Instant; terms: AccountTerms }>;
/** The terms of an account over time, as far as `next`, the revision to read from. */
type Known = Readonly<{ next: number; account: Account; changes: readonly Change[] }>;

const NOTHING_YET: Known = { next: 0, account: accountStream.initialState, changes: [] };
const CAPACITY = 1_000;

/**
 * The terms of accounts at any instant. What was read is kept, and each use asks the ledger for what is new,
 * so an answer is never out of date.
 */
export class AccountTermsOverTime {
  readonly #ledger: Pick<Ledger, 'read'>;
  readonly #known = new Map<AccountId, Known>();

  constructor(ledger: Pick<Ledger, 'read'>) {
    this.#ledger = ledger;
  }

  /**
   * The terms that were in force, by what was recorded by then; the first ones for an instant before the
   * account was opened. Undefined when there is no such account.
   */
  async at(accountId: AccountId, at: Instant, now: Instant): Promise<AccountTerms | undefined> {
    const { changes } = await this.#read(accountId);
    if (at >= now) return changes.at(-1)?.terms;
    const later = changes.findIndex(({ recordedAt }) => recordedAt > at);
    return later === -1 ? changes.at(-1)?.terms : changes[Math.max(0, later - 1)]?.terms;
  }

  async #read(accountId: AccountId): Promise<Known> {
    const before = this.#known.get(accountId) ?? NOTHING_YET;
    const options = { from: before.next, ...NOTHING_PERSONAL };
    const news = await this.#ledger.read(accountStream, accountId, options);
    if (news.length === 0) return before;
    let { account } = before;
    const changes = [...before.changes];
    for (const { event, metadata } of news) {
      account = accountStream.evolve(account, event);
      if (account.status !== 'none') {
        changes.push({ recordedAt: metadata.recordedAt, terms: account.terms });
      }
    }
    const after = { next: before.next + news.length, account, changes };
    this.#keep(accountId, after);
    return after;
  }

  #keep(accountId: AccountId, known: Known): void {
    // Two reads at once may end in the other order.
    if ((this.#known.get(accountId)?.next ?? 0) > known.next) return;
    if (this.#known.size >= CAPACITY) this.#known.clear();
    this.#known.set(accountId, known);
  }
}
