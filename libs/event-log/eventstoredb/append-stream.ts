import type {
  BatchAppendReq,
  BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import { appendMessage, correlationOf, replyOf, type AppendReply } from './append-message.ts';
import type { AppendCall } from './connection.ts';
import type { PreparedAppend } from './prepared-append.ts';

type Pending = Readonly<{
  resolve: (reply: AppendReply) => void;
  reject: (error: unknown) => void;
  timer: NodeJS.Timeout;
}>;

/**
 * One long call that carries appends out and replies back, each with its own number. What breaks the call
 * leaves the outcome of its own appends unknown, and that of no other's; a reply that nobody waits for any
 * more is left alone.
 */
export class AppendStream {
  readonly #call: AppendCall;
  readonly #milliseconds: number;
  readonly #pending = new Map<string, Pending>();
  #sent = 0;
  #isRetired = false;
  readonly #outbox: BatchAppendReq[] = [];
  #isFull = false;

  /** `milliseconds`: how long each append waits for its reply. */
  constructor(call: AppendCall, milliseconds: number) {
    this.#call = call;
    this.#milliseconds = milliseconds;
    call.on('data', (answer: BatchAppendResp) => this.#settle(answer));
    call.on('drain', () => {
      this.#isFull = false;
      this.#send();
    });
    call.on('error', (error) => this.#fail(error));
    call.on('end', () => this.#fail(new Error('The server ended the stream of appends.')));
  }

  /** False once it must not be given another append. */
  get isOpen(): boolean {
    return !this.#isRetired;
  }

  /** In the order of the calls. Rejects when the outcome is unknown. */
  async append(append: PreparedAppend): Promise<AppendReply> {
    if (!this.isOpen) throw new Error('The stream of appends has ended.');
    this.#sent += 1;
    const correlation = `00000000-0000-4000-8000-${this.#sent.toString(16).padStart(12, '0')}`;
    const { promise, resolve, reject } = Promise.withResolvers<AppendReply>();
    const timer = setTimeout(() => this.#giveUp(correlation), this.#milliseconds);
    this.#pending.set(correlation, { resolve, reject, timer });
    this.#outbox.push(appendMessage(correlation, append));
    this.#send();
    return promise;
  }

  /** After its last reply. */
  close(): void {
    this.#isRetired = true;
    if (this.#pending.size === 0) this.#call.cancel();
  }

  /** As much as the connection takes now; the rest when it has taken that. */
  #send(): void {
    while (!this.#isFull) {
      const message = this.#outbox.shift();
      if (message === undefined) return;
      this.#isFull = !this.#call.write(message);
    }
  }

  #settle(answer: BatchAppendResp): void {
    const pending = this.#take(correlationOf(answer));
    try {
      pending?.resolve(replyOf(answer));
    } catch (error) {
      // It is an answer, but nobody can tell which.
      pending?.reject(error);
    }
    this.#leaveWhenDone();
  }

  /** A server that is silent for so long gets a new call, in case it has forgotten this one. */
  #giveUp(correlation: string): void {
    this.#isRetired = true;
    this.#take(correlation)?.reject(new Error('no answer in time'));
    this.#leaveWhenDone();
  }

  #fail(error: unknown): void {
    this.#isRetired = true;
    this.#outbox.length = 0;
    for (const correlation of [...this.#pending.keys()]) this.#take(correlation)?.reject(error);
  }

  #take(correlation: string): Pending | undefined {
    const pending = this.#pending.get(correlation);
    this.#pending.delete(correlation);
    clearTimeout(pending?.timer);
    return pending;
  }

  #leaveWhenDone(): void {
    if (this.#isRetired && this.#pending.size === 0) this.#call.cancel();
  }
}
