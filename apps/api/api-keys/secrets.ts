import { createHmac, randomBytes } from 'node:crypto';
import type { Keyring } from '#libs/keyring/index';
import type { Caller } from '../http/caller.ts';
import { secretFrom } from '../http/access/api-key-format.ts';

/** Makes the secrets of API keys. */
export class Secrets {
  readonly #keyring: Keyring;

  constructor(keyring: Keyring) {
    this.#keyring = keyring;
  }

  /**
   * A random secret. Of a request with an `Idempotency-Key`, one that follows from the request and a key
   * that never leaves the process: if we fall over before answering, the repeat shows the same secret.
   */
  secretFor(caller: Caller): string {
    if (!caller.repeatable) return secretFrom(randomBytes(32));
    const seed = createHmac('sha256', this.#keyring.tokenKey());
    return secretFrom(seed.update(`api-key:${caller.commandId}`).digest());
  }
}
