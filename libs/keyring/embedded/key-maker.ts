import type { DataKey, Subject } from '../port.ts';
import type { AccountTable } from './account-table.ts';
import type { DataKeyTable } from './data-key-table.ts';

/** Makes keys that were found missing, unless somebody made them since. */
export class KeyMaker {
  readonly #accounts: AccountTable;
  readonly #dataKeys: DataKeyTable;
  readonly #stamp: () => string;
  /** Keys made in the transaction that is under way: several may have asked for one. */
  readonly #made = new Map<string, DataKey>();
  #madeUnder = '';

  constructor(accounts: AccountTable, dataKeys: DataKeyTable, stamp: () => string) {
    this.#accounts = accounts;
    this.#dataKeys = dataKeys;
    this.#stamp = stamp;
  }

  /** After the transaction: no unwrapped key is kept. */
  forget(): void {
    this.#made.clear();
  }

  /** Inside a transaction, for those who found under the stamp `seen` that keys are missing. */
  maker(seen: string, now: number): (subject: Subject) => DataKey {
    const current = this.#stamp();
    if (current !== this.#madeUnder) {
      this.#made.clear();
      this.#madeUnder = current;
    }
    // A second look into the file costs as much as the key itself: only where something changed.
    const mustLook = current !== seen;
    return ({ accountId, subject }) => {
      const name = `${accountId}\n${subject}`;
      const account = this.#accounts.ensure(accountId);
      const known =
        this.#made.get(name) ?? (mustLook ? this.#dataKeys.find(account, subject) : undefined);
      if (known !== undefined) return known;
      const key = this.#dataKeys.make(account, subject, now);
      this.#made.set(name, key);
      return key;
    };
  }
}
