import type { PlainRefusal } from './messages.ts';

/** What goes wrong with one call. Each fault is used up by the call that it hits. */
export type Fault =
  /** An append is answered with a conflict, although there is none. */
  | Readonly<{ kind: 'conflict' }>
  /** An append is refused for the reason that the details name. */
  | Readonly<{ kind: 'refusal'; refusal: PlainRefusal }>
  /** An append is stored, or a read begun, and answered when `release()` is called. */
  | Readonly<{ kind: 'delay' }>
  /** The connection's stream of appends breaks; the append is not stored. */
  | Readonly<{ kind: 'drop-before-commit' }>
  /** The append is stored, then the stream of appends breaks. */
  | Readonly<{ kind: 'drop-after-commit' }>
  /** What is asked is the leader's business, and this one is elsewhere. */
  | Readonly<{ kind: 'not-leader'; host: string; port: number }>
  /** Bytes that are no message: of an answer to an append, or in the middle of a read. */
  | Readonly<{ kind: 'malformed' }>
  /** A read or a subscription breaks after so many events. */
  | Readonly<{ kind: 'disconnect'; after: number }>
  /** A subscription is confirmed and then says nothing more. */
  | Readonly<{ kind: 'stall' }>;

export type FaultTarget = 'append' | 'read' | 'subscription';

/** Faults that wait for their call, in the order they were asked for. */
export class Faults {
  readonly #waiting: Record<FaultTarget, Fault[]> = { append: [], read: [], subscription: [] };
  #held: (() => void)[] = [];
  #holding = Promise.withResolvers<undefined>();

  next(target: FaultTarget, ...faults: Fault[]): void {
    this.#waiting[target].push(...faults);
  }

  take(target: FaultTarget): Fault | undefined {
    return this.#waiting[target].shift();
  }

  /** How many faults no call has met yet. */
  left(target: FaultTarget): number {
    return this.#waiting[target].length;
  }

  hold(answer: () => void): void {
    this.#held.push(answer);
    this.#holding.resolve(undefined);
  }

  /** Resolves once an answer is held back. */
  async holds(): Promise<void> {
    await this.#holding.promise;
  }

  /** Sends the answers that were held back. */
  release(): void {
    this.#holding = Promise.withResolvers();
    for (const answer of this.#held.splice(0)) answer();
  }
}
