import {
  EventLogUnavailable,
  VersionConflict,
  type AppendOutcome,
  type EventLogFailure,
} from '#libs/event-log/port';
import { KeyringUnavailable, type KeyringFailure } from '#libs/keyring/port';
import type { DraftAppend } from './draft-appends.ts';
import { draftLines, readDraftLines } from './draft-lines.ts';
import type { LedgerWriter } from './writer.ts';

type Request = Readonly<{ id: number; drafts: string }>;
/** What became of an append, without what the asker knows. */
type RemoteOutcome =
  Extract<AppendOutcome, { ok: true }>['value'] | Pick<VersionConflict, 'actual'>;
/** An error loses its class on the way between threads, so it travels in parts. */
export type RemoteFailure = Readonly<{
  of: 'event-log' | 'keyring' | 'bug';
  code: string;
  message: string;
}>;
type Answer = Readonly<{ id: number }> &
  Readonly<{ outcomes: readonly RemoteOutcome[] } | { failure: RemoteFailure }>;

/** One end of a channel to another thread: a `Worker`, a `MessagePort`. */
type Channel = Readonly<{
  postMessage: (message: unknown) => void;
  on: (event: 'message', listener: (message: unknown) => void) => unknown;
}>;

/** Carries out what a `RemoteWriter` asks for at the other end. */
export const serveWriter = (channel: Channel, writer: LedgerWriter): void => {
  channel.on('message', (message) => {
    if (!isRequest(message)) return;
    const { id, drafts } = message;
    const answer = (rest: { outcomes: readonly RemoteOutcome[] } | { failure: RemoteFailure }) =>
      channel.postMessage({ id, ...rest } satisfies Answer);
    writer.write(readDraftLines(drafts)).then(
      (outcomes) => answer({ outcomes: outcomes.map(remoteOutcome) }),
      (error: unknown) => answer({ failure: remoteFailure(error) }),
    );
  });
};

/** Whoever owns the channel may say other things through it. */
const isRequest = (message: unknown): message is Request =>
  typeof message === 'object' && message !== null && 'drafts' in message;

const remoteOutcome = (outcome: AppendOutcome): RemoteOutcome =>
  outcome.ok ? outcome.value : { actual: outcome.error.actual };

const isAnswer = (message: unknown): message is Answer =>
  typeof message === 'object' && message !== null && 'id' in message;

/** Of drafts under way only this is kept: thousands of texts that outlive their turn are work to clear up. */
type Place = Pick<DraftAppend, 'stream' | 'expected'>;
type Asked = Readonly<{
  places: readonly Place[];
  resolve: (outcomes: readonly AppendOutcome[]) => void;
  reject: (error: unknown) => void;
}>;

/** A writer in another thread. */
export class RemoteWriter implements LedgerWriter {
  readonly #channel: Channel;
  readonly #asked = new Map<number, Asked>();
  #next = 0;
  #end: Error | undefined;

  constructor(channel: Channel) {
    this.#channel = channel;
    channel.on('message', (message) => {
      if (isAnswer(message)) this.#answered(message);
    });
  }

  write = (drafts: readonly DraftAppend[]): Promise<readonly AppendOutcome[]> =>
    new Promise((resolve, reject) => {
      if (this.#end !== undefined) throw this.#end;
      const id = (this.#next += 1);
      this.#channel.postMessage({ id, drafts: draftLines(drafts) } satisfies Request);
      const places = drafts.map(({ stream, expected }): Place => ({ stream, expected }));
      this.#asked.set(id, { places, resolve, reject });
    });

  /** The other end answers no more, for this reason. */
  lost(reason: Error): void {
    this.#end ??= reason;
    for (const { reject } of this.#asked.values()) reject(this.#end);
    this.#asked.clear();
  }

  #answered(answer: Answer): void {
    const asked = this.#asked.get(answer.id);
    if (asked === undefined) return;
    this.#asked.delete(answer.id);
    if ('failure' in answer) {
      asked.reject(failureOf(answer.failure));
      return;
    }
    asked.resolve(asked.places.map((place, index) => outcomeOf(place, answer.outcomes[index])));
  }
}

const outcomeOf = (
  { stream, expected }: Place,
  outcome: RemoteOutcome | undefined,
): AppendOutcome => {
  if (outcome === undefined) throw new Error('An append has no outcome.');
  return 'actual' in outcome
    ? { ok: false, error: new VersionConflict(stream, expected, outcome.actual) }
    : { ok: true, value: outcome };
};

/** What is sent of an error to another thread. */
export const remoteFailure = (error: unknown): RemoteFailure => {
  if (error instanceof EventLogUnavailable) return { of: 'event-log', ...partsOf(error) };
  if (error instanceof KeyringUnavailable) return { of: 'keyring', ...partsOf(error) };
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { of: 'bug', code: '', message };
};

const partsOf = ({ code, message }: { code: string; message: string }) => ({ code, message });

/** The error that was sent. */
export const failureOf = ({ of, code, message }: RemoteFailure): Error => {
  switch (of) {
    case 'event-log':
      return new EventLogUnavailable(code as EventLogFailure, message);
    case 'keyring':
      return new KeyringUnavailable(code as KeyringFailure, message);
    case 'bug':
      return new Error(message);
  }
};
