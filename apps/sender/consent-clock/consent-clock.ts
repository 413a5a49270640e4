import {
  civilDateIn,
  instantOf,
  type AccountId,
  type CivilDate,
  type Instant,
  type Position,
} from '#domain/kernel/index';
import { accountStream } from '#domain/account/index';
import {
  accountsOfDeadlines,
  changesAfter,
  consentDeadlines,
  nextDayFrom,
  nextEndAfter,
  type Deadline,
  type DeadlineChange,
} from '#projections/consent-deadlines/index';
import type { StateCache } from '#libs/commands/index';
import type { ReadModel } from '#libs/read-store/port';
import type { SenderParts } from '../sender-parts.ts';
import type { WorkLeases } from '../work-leases.ts';
import { askAmong, askEverybody, firstRequestOf } from './ask-for-consent.ts';
import { expireLapsed } from './expire-lapsed.ts';
import { BATCH, type Turn } from './turn.ts';
import { wakeTime } from './wake-time.ts';

export type ConsentClockParts = Pick<
  SenderParts,
  'ledger' | 'readStore' | 'clock' | 'log' | 'signal'
> &
  Readonly<{ states: StateCache; work: WorkLeases }>;

/** When to look at an account again, and the last day on which everybody within reach was considered. */
type Watched = Readonly<{ wakeAt: Instant | undefined; considered: CivilDate | undefined }>;

const LEASE = 'consent-clock';

/**
 * Follows the calendar: records that implied consents lapsed, and asks for express consent before they do
 * (C-15, C-16). It keeps nothing that must outlive it: what was done is on record in the recipients' streams,
 * and what is to be done follows from there, so a restart or a second copy does nothing twice. While no
 * midnight comes and no deadline changes, a look is one small question to the read model.
 */
export class ConsentClock {
  readonly #parts: ConsentClockParts;
  readonly #model: ReadModel;
  readonly #watched = new Map<AccountId, Watched>();
  #seen: Position | undefined;
  #isBegun = false;

  constructor(parts: ConsentClockParts) {
    this.#parts = parts;
    this.#model = parts.readStore.model(consentDeadlines);
  }

  /** Does what is due now. Broken off anywhere, it is taken up at the next look. */
  async look(): Promise<void> {
    if (!this.#isBegun) await this.#begin();
    await this.#followChanges();
    const now = instantOf(this.#parts.clock());
    for (const [accountId, { wakeAt }] of this.#watched) {
      if (wakeAt === undefined || wakeAt > now) continue;
      if (!(await this.#mayGoOn())) return;
      await this.#turn(accountId, []);
    }
  }

  /** Every account is due once. */
  async #begin(): Promise<void> {
    this.#seen = await this.#model.checkpoint();
    const always = instantOf(0);
    for (let after: AccountId | undefined; ;) {
      const page = await accountsOfDeadlines(this.#model, {
        limit: BATCH,
        ...(after === undefined ? {} : { after }),
      });
      for (const id of page) this.#watched.set(id, { wakeAt: always, considered: undefined });
      after = page.at(-1);
      if (page.length < BATCH) break;
    }
    this.#isBegun = true;
  }

  async #followChanges(): Promise<void> {
    for (;;) {
      const changes = await changesAfter(this.#model, this.#seen, BATCH);
      const last = changes.at(-1);
      if (last === undefined || !(await this.#mayGoOn())) return;
      for (const [accountId, ofOne] of Map.groupBy(changes, (change) => change.accountId)) {
        if (!(await this.#changed(accountId, ofOne))) return;
      }
      this.#seen = last.changedPosition;
      if (changes.length < BATCH) return;
    }
  }

  #changed(accountId: AccountId, changes: readonly DeadlineChange[]): Promise<boolean> {
    // Other terms may ask on other days, by another clock.
    if (changes.some(({ kind }) => kind === 'account')) this.#watched.delete(accountId);
    return this.#turn(
      accountId,
      changes.flatMap(({ deadline }) => deadline ?? []),
    );
  }

  /** Looks at one account: everybody on a new day, and who changed at any time. False when broken off. */
  async #turn(accountId: AccountId, changed: readonly Deadline[]): Promise<boolean> {
    const { states, clock, log } = this.#parts;
    const { state: account } = await states.get(accountStream, accountId);
    if (account.status === 'none') {
      this.#watched.delete(accountId);
      return true;
    }
    const { terms } = account;
    const now = instantOf(clock());
    const mayGoOn = (): Promise<boolean> => this.#mayGoOn();
    const turn = { ...this.#parts, model: this.#model, accountId, terms, now, mayGoOn };
    const today = civilDateIn(terms.timeZone, now);
    const isConsidered = this.#watched.get(accountId)?.considered === today;
    const expired = await expireLapsed(turn);
    const asked =
      expired === undefined
        ? undefined
        : isConsidered
          ? await askAmong(turn, changed)
          : await askEverybody(turn);
    if (expired === undefined || asked === undefined) return false;
    this.#watched.set(accountId, { wakeAt: await this.#wakeAt(turn, today), considered: today });
    if (expired + asked > 0) {
      const details = { event: 'consents-followed', accountId, expired, asked };
      log.info(details, 'Lapsed consents are on record, and requests before others lapse.');
    }
    return true;
  }

  async #wakeAt(turn: Turn, today: CivilDate): Promise<Instant | undefined> {
    const { accountId, terms, now } = turn;
    return wakeTime({
      timeZone: terms.timeZone,
      today,
      nextDay: await nextDayFrom(this.#model, accountId, today),
      nextEnd: await nextEndAfter(this.#model, accountId, now),
      firstRequest: firstRequestOf(turn),
    });
  }

  async #mayGoOn(): Promise<boolean> {
    const { signal, work } = this.#parts;
    return !signal.aborted && (await work.hold(LEASE));
  }
}
