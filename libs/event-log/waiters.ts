import type { Position } from '#domain/kernel/index';

type Waiter = Readonly<{
  after: Position | undefined;
  settle: (recorded: boolean) => void;
  fail: (error: unknown) => void;
}>;

/** Whether one position of a log comes after another; nothing comes before all. */
export const isAfter = (one: Position | undefined, other: Position | undefined): boolean =>
  one !== undefined && (other === undefined || one > other);

/** Those who wait until a log has something after the position that each of them knows. */
export class Waiters {
  readonly #waiting = new Set<Waiter>();

  get isNobody(): boolean {
    return this.#waiting.size === 0;
  }

  /** Resolves true once woken, false when the signal aborts; rejects with what `fail` is given. */
  async wait(
    after: Position | undefined,
    signal: AbortSignal,
    /** Called while this one waits already. */
    begun: () => void,
  ): Promise<boolean> {
    const { promise, resolve, reject } = Promise.withResolvers<boolean>();
    const waiter: Waiter = { after, settle: resolve, fail: reject };
    const abort = (): void => resolve(false);
    signal.addEventListener('abort', abort, { once: true });
    this.#waiting.add(waiter);
    try {
      begun();
      return await promise;
    } finally {
      signal.removeEventListener('abort', abort);
      this.#waiting.delete(waiter);
    }
  }

  /** The log reaches as far as this. */
  wake(head: Position | undefined): void {
    for (const { after, settle } of this.#waiting) if (isAfter(head, after)) settle(true);
  }

  fail(reason: unknown): void {
    for (const { fail } of this.#waiting) fail(reason);
  }
}
