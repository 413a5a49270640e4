import { setImmediate } from 'node:timers/promises';
import type { Journal } from './journal.ts';

type Waiting = Readonly<{ bytes: Buffer | undefined; isDurable: () => void }>;

/** Appends that arrive while a group is being written go together into the next one. */
export class CommitGroup {
  readonly #journal: Journal | undefined;
  #waiting: Waiting[] = [];
  #isWriting = false;
  #failure: unknown;

  constructor(journal: Journal | undefined) {
    this.#journal = journal;
  }

  /** Calls back in the order of the calls. */
  add(bytes: Buffer | undefined, isDurable: () => void): void {
    this.#waiting.push({ bytes, isDurable });
    if (this.#isWriting) return;
    this.#isWriting = true;
    // A journal that cannot be written ends the program that holds it: nothing may be confirmed any more.
    this.#write().catch((error: unknown) => {
      this.#failure = error;
      process.nextTick(() => {
        throw error;
      });
    });
  }

  /** Once everything that was added is written. */
  async idle(): Promise<void> {
    while (this.#isWriting && this.#failure === undefined) await setImmediate();
  }

  async #write(): Promise<void> {
    await setImmediate();
    while (this.#waiting.length > 0 && this.#failure === undefined) {
      const group = this.#waiting.splice(0);
      const pieces = group.flatMap(({ bytes }) => bytes ?? []);
      if (this.#journal !== undefined && pieces.length > 0) {
        await this.#journal.add(Buffer.concat(pieces));
      }
      for (const { isDurable } of group) isDurable();
    }
    this.#isWriting = false;
  }
}
