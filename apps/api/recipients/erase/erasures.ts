import type { AccountId, RecipientId } from '#domain/kernel/index';
import type { DataKey, Keyring } from '#libs/keyring/index';

/** The id of no key at all. */
const NO_KEY = new Uint8Array();

/** Makes a person's data unreadable by destroying the key that it is encrypted under. */
export class Erasures {
  readonly #keyring: Keyring;

  constructor(keyring: Keyring) {
    this.#keyring = keyring;
  }

  /** The key of the person's data, to be taken before the erasure is recorded. */
  async keyOf(accountId: AccountId, recipientId: RecipientId): Promise<DataKey | undefined> {
    const [key] = await this.#keyring.find([{ accountId, subject: recipientId }]);
    return key;
  }

  /**
   * Destroys this very key: a newer one belongs to a person who came back meanwhile. Without a key, only
   * cleans the keyring's file once more, in case that failed the first time.
   */
  async destroyKey(
    accountId: AccountId,
    recipientId: RecipientId,
    key: DataKey | undefined,
  ): Promise<void> {
    await this.#keyring.destroy({ accountId, subject: recipientId }, key?.id ?? NO_KEY);
  }
}
