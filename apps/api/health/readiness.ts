import { setTimeout as timer } from 'node:timers/promises';
import type { Position } from '#domain/kernel/index';
import type { Keyring } from '#libs/keyring/index';
import type { Ledger } from '#libs/ledger/index';
import type { ModelRef, ReadStore } from '#libs/read-store/port';
import { OPERATOR_ACCOUNT } from '../http/access/authenticate.ts';

export type Check = Readonly<{ name: string; ok: boolean; behindMilliseconds?: number }>;

/** A server that this process needs. `ping` throws when it does not answer. */
export type Server = Readonly<{ name: string; ping: () => Promise<unknown> }>;

type Parts = Readonly<{
  /** Servers that everything stands on, by name; none with the embedded engines. */
  servers: readonly Server[];
  ledger: Ledger;
  keyring: Keyring;
  store: ReadStore;
  models: readonly ModelRef[];
  clock: () => number;
}>;

/** A read model that sees nothing new for this long while there is something new has stopped. */
const LONGEST_LAG = 60_000;

/** Asks what the API stands on whether it answers. */
export class Readiness {
  readonly #parts: Parts;
  /** Since when a read model has been behind, by name. */
  readonly #behindSince = new Map<string, { checkpoint: Position | undefined; since: number }>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async checks(): Promise<readonly Check[]> {
    const { ledger, keyring, models } = this.#parts;
    const head = attempt(() => ledger.head());
    const keys = attempt(() => keyring.accountKeys(OPERATOR_ACCOUNT));
    const servers = this.#parts.servers.map(async ({ name, ping }) => ({
      name,
      ok: (await attempt(ping)).ok,
    }));
    const lags = models.map(async (model) => this.#lag(model, (await head).value));
    return Promise.all([
      ...servers,
      head.then(({ ok }) => ({ name: 'ledger', ok })),
      keys.then(({ ok }) => ({ name: 'keyring', ok })),
      ...lags,
    ]);
  }

  async #lag(ref: ModelRef, head: Position | undefined): Promise<Check> {
    const { store, clock } = this.#parts;
    const { name } = ref;
    const checkpoint = await attempt(() => store.model(ref).checkpoint());
    if (!checkpoint.ok) return { name, ok: false };
    if (head === undefined || (checkpoint.value !== undefined && checkpoint.value >= head)) {
      this.#behindSince.delete(name);
      return { name, ok: true, behindMilliseconds: 0 };
    }
    const known = this.#behindSince.get(name);
    const moves = known?.checkpoint !== checkpoint.value;
    const since = known === undefined || moves ? clock() : known.since;
    this.#behindSince.set(name, { checkpoint: checkpoint.value, since });
    const behindMilliseconds = Math.max(0, clock() - since);
    return { name, ok: behindMilliseconds <= LONGEST_LAG, behindMilliseconds };
  }
}

type Attempt<T> = Readonly<{ ok: true; value: T } | { ok: false; value?: undefined }>;

/** Whoever asks for the health waits no longer than this. */
const LONGEST_ANSWER_MILLISECONDS = 2_000;

/** Whatever is thrown means the same here, and so does silence: it does not answer. */
const attempt = async <T>(ask: () => Promise<T>): Promise<Attempt<T>> => {
  const late = new AbortController();
  try {
    return await Promise.race([
      ask().then((value) => ({ ok: true as const, value })),
      timer(LONGEST_ANSWER_MILLISECONDS, { ok: false as const }, { signal: late.signal }),
    ]);
  } catch {
    return { ok: false };
  } finally {
    late.abort();
  }
};
