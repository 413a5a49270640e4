import type { Position } from '#domain/kernel/index';
import type { Keyring } from '#libs/keyring/index';
import type { Ledger } from '#libs/ledger/index';
import type { ModelRef, ReadStore } from '#libs/read-store/port';
import { OPERATOR_ACCOUNT } from '../http/access/authenticate.ts';

export type Check = Readonly<{ name: string; ok: boolean; behindMilliseconds?: number }>;

type Parts = Readonly<{
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
    const head = await attempt(() => ledger.head());
    const keys = await attempt(() => keyring.accountKeys(OPERATOR_ACCOUNT));
    const lags = await Promise.all(models.map((model) => this.#lag(model, head.value)));
    return [{ name: 'ledger', ok: head.ok }, { name: 'keyring', ok: keys.ok }, ...lags];
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

/** Whatever is thrown means the same here: it does not answer. */
const attempt = async <T>(ask: () => Promise<T>): Promise<Attempt<T>> => {
  try {
    return { ok: true, value: await ask() };
  } catch {
    return { ok: false };
  }
};
