import type { AccountId, RecipientId } from '#domain/kernel/index';
import type { Keyring } from '#libs/keyring/index';

/** Makes a person's data unreadable by destroying the key that it is encrypted under. */
export class Erasures {
  readonly #keyring: Keyring;

  constructor(keyring: Keyring) {
    this.#keyring = keyring;
  }

  async destroyKey(accountId: AccountId, recipientId: RecipientId): Promise<void> {
    await this.#keyring.destroy({ accountId, subject: recipientId });
  }
}
