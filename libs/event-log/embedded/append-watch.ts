import type { Position } from '#domain/kernel/index';

/** How late an append of another process may be noticed. */
const POLL_MILLISECONDS = 10;

type Waiter = Readonly<{
  after: Position | undefined;
  settle: (recorded: boolean) => void;
  fail: (error: unknown) => void;
}>;

/**
 * Wakes those who wait for appends: at once for this process's own, by looking at the log's head
 * (microseconds) for others'. It looks only while somebody waits.
 */
export class AppendWatch {
  readonly #head: () => Position | undefined;
  readonly #waiters = new Set<Waiter>();
  #timer: NodeJS.Timeout | undefined;

  constructor(head: () => Position | undefined) {
    this.#head = head;
  }

  async wait(after: Position | undefined, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    if (isAfter(this.#head(), after)) return true;
    const { promise, resolve, reject } = Promise.withResolvers<boolean>();
    const waiter: Waiter = { after, settle: resolve, fail: reject };
    const abort = (): void => resolve(false);
    signal.addEventListener('abort', abort, { once: true });
    this.#waiters.add(waiter);
    this.#timer ??= setInterval(() => this.look(), POLL_MILLISECONDS);
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', abort);
      this.#remove(waiter);
    }
  }

  /** Something may have been recorded. */
  look(): void {
    if (this.#waiters.size === 0) return;
    try {
      const head = this.#head();
      for (const { after, settle } of this.#waiters) if (isAfter(head, after)) settle(true);
    } catch (error) {
      this.stop(error);
    }
  }

  stop(reason: unknown): void {
    for (const { fail } of this.#waiters) fail(reason);
  }

  #remove(waiter: Waiter): void {
    this.#waiters.delete(waiter);
    if (this.#waiters.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

const isAfter = (head: Position | undefined, after: Position | undefined): boolean =>
  head !== undefined && (after === undefined || head > after);
