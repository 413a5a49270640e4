import type { AccountTerms } from '#domain/account/index';
import type { AccountId, Instant } from '#domain/kernel/index';
import type { StateCache } from '#libs/commands/index';
import type { Ledger } from '#libs/ledger/port';
import type { Clock, Log } from '#libs/projecting/index';
import type { ReadModel } from '#libs/read-store/port';

/** Recipients that are read and written at once. */
export const BATCH = 500;

/** One account, looked at once. */
export type Turn = Readonly<{
  ledger: Ledger;
  /** `consent-deadlines`. */
  model: ReadModel;
  states: StateCache;
  clock: Clock;
  log: Log;
  accountId: AccountId;
  terms: AccountTerms;
  now: Instant;
  /** False once the process is to stop, or another one has taken over. */
  mayGoOn: () => Promise<boolean>;
}>;

/** Goes through a question page by page; each begins after the last row of the one before. */
export async function* pagesOf<T>(
  ask: (after: Readonly<{ after?: T }>) => Promise<readonly T[]>,
): AsyncGenerator<readonly T[]> {
  let after: T | undefined;
  for (;;) {
    const page = await ask(after === undefined ? {} : { after });
    if (page.length > 0) yield page;
    if (page.length < BATCH) return;
    after = page.at(-1);
  }
}
