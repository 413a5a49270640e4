import type { Position } from '#domain/kernel/index';
import type { Batch } from '#libs/read-store/port';
import { errorDetails } from './log.ts';
import type { PageSource, ProjectedPage } from './page-source.ts';

/** One end of a channel to another thread: a `Worker`, a `MessagePort`. */
type Channel = Readonly<{
  postMessage: (message: unknown) => void;
  on: (event: 'message', listener: (message: unknown) => void) => unknown;
}>;

type Order = Readonly<{ order: 'from'; after: Position | undefined } | { order: 'more' }>;

/**
 * A batch crosses as one text: that is copied at once, and read faster than a copy of its objects. Like the
 * changes themselves it can hold personal data, and stays in the memory of the process.
 */
type Answer = Readonly<
  | { answer: 'ready' }
  | { answer: 'page'; batch: string; events: number }
  | { answer: 'end' }
  | { answer: 'failed'; details: object }
>;

/** Pages that wait to be taken. */
const AHEAD = 16;

const isOrder = (message: unknown): message is Order =>
  typeof message === 'object' && message !== null && 'order' in message;
const isAnswer = (message: unknown): message is Answer =>
  typeof message === 'object' && message !== null && 'answer' in message;

/**
 * Reads ahead for a `RemotePages` at the other end, from where it says to the end of the source. `stop` resolves
 * once nothing more is read.
 */
export const servePages = (
  channel: Channel,
  source: PageSource,
): Readonly<{ stop: () => Promise<void> }> => {
  const state = { wanted: AHEAD, isStopped: false };
  let serving = Promise.resolve();
  let wake = (): void => undefined;
  const answer = (given: Answer): void => {
    channel.postMessage(given);
  };
  /** Once another page is wanted; false when none will be. */
  const isWanted = async (): Promise<boolean> => {
    while (state.wanted === 0 && !state.isStopped) {
      await new Promise<void>((resolve) => (wake = resolve));
    }
    return !state.isStopped;
  };
  const serve = async (from: Position | undefined): Promise<void> => {
    for (let after = from; await isWanted(); state.wanted -= 1) {
      const page = await source.next(after);
      if (page === undefined) break;
      after = page.batch.checkpoint;
      answer({ answer: 'page', batch: JSON.stringify(page.batch), events: page.events });
    }
    answer({ answer: 'end' });
  };
  channel.on('message', (message) => {
    if (!isOrder(message)) return;
    if (message.order === 'more') {
      state.wanted += 1;
      wake();
      return;
    }
    serving = serve(message.after).catch((error: unknown) => {
      answer({ answer: 'failed', details: errorDetails(error) });
    });
  });
  answer({ answer: 'ready' });
  return {
    stop: () => {
      state.isStopped = true;
      wake();
      return serving;
    },
  };
};

/** Pages that another thread reads and projects ahead. */
export class RemotePages {
  readonly #channel: Channel;
  readonly #failed: (details: object) => void;
  readonly #pages: Extract<Answer, { answer: 'page' }>[] = [];
  #wake = (): void => undefined;
  #isReady = false;
  #isOver = false;

  /** `failed` hears, in codes and names only, why the other end gives no more. */
  constructor(channel: Channel, failed: (details: object) => void) {
    this.#channel = channel;
    this.#failed = failed;
    channel.on('message', (message) => {
      if (isAnswer(message)) this.#take(message);
    });
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  begin(after: Position | undefined): void {
    this.#channel.postMessage({ order: 'from', after } satisfies Order);
  }

  /** Undefined when it gives no more, at the end of what it reads or because it failed. */
  async next(): Promise<ProjectedPage | undefined> {
    while (this.#pages.length === 0 && !this.#isOver) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    const page = this.#pages.shift();
    if (page === undefined) return undefined;
    this.#channel.postMessage({ order: 'more' } satisfies Order);
    return { batch: JSON.parse(page.batch) as Batch, events: page.events };
  }

  /** The other end answers no more. */
  lost(details: object): void {
    if (!this.#isOver) this.#failed(details);
    this.#isOver = true;
    this.#wake();
  }

  #take(answer: Answer): void {
    if (answer.answer === 'failed') {
      this.lost(answer.details);
      return;
    }
    if (answer.answer === 'ready') this.#isReady = true;
    if (answer.answer === 'page') this.#pages.push(answer);
    if (answer.answer === 'end') this.#isOver = true;
    this.#wake();
  }
}
