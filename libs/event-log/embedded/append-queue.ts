import type { AppendOutcome } from '../port.ts';
import type { PreparedAppend } from './prepared-append.ts';

type Write = (append: PreparedAppend) => AppendOutcome;

/** One call of `append` or `appendMany`, which may take several transactions. */
export class QueuedCall {
  readonly #appends: readonly PreparedAppend[];
  readonly #outcomes: AppendOutcome[] = [];
  readonly #answer = Promise.withResolvers<readonly AppendOutcome[]>();

  constructor(appends: readonly PreparedAppend[]) {
    this.#appends = appends;
  }

  get answer(): Promise<readonly AppendOutcome[]> {
    return this.#answer.promise;
  }

  get isWritten(): boolean {
    return this.#outcomes.length === this.#appends.length;
  }

  writeSome(write: Write, most: number): void {
    const done = this.#outcomes.length;
    for (const append of this.#appends.slice(done, done + most)) this.#outcomes.push(write(append));
  }

  /** Only once the transaction that holds its last append is durable. */
  confirm(): void {
    this.#answer.resolve(this.#outcomes);
  }

  refuse(reason: unknown): void {
    this.#answer.reject(reason);
  }
}

/** Appends a call may write before the next call has its turn. */
const SLICE = 64;

/** Calls that wait for a transaction. They take turns, so a large one does not hold up the small. */
export class AppendQueue {
  readonly #calls: QueuedCall[] = [];

  get isEmpty(): boolean {
    return this.#calls.length === 0;
  }

  add(call: QueuedCall): void {
    this.#calls.push(call);
  }

  /** Writes until nothing waits or the time is over, noting in `touched` which calls took part. */
  writeUntil(deadline: number, write: Write, touched: Set<QueuedCall>): void {
    do {
      const call = this.#calls.shift();
      if (call === undefined) return;
      touched.add(call);
      call.writeSome(write, SLICE);
      if (!call.isWritten) this.#calls.push(call);
    } while (performance.now() < deadline);
  }

  remove(calls: ReadonlySet<QueuedCall>): void {
    const staying = this.#calls.filter((call) => !calls.has(call));
    this.#calls.splice(0, this.#calls.length, ...staying);
  }

  /** Empties the queue, refusing everything in it. */
  refuseAll(reason: unknown): void {
    for (const call of this.#calls.splice(0)) call.refuse(reason);
  }
}
