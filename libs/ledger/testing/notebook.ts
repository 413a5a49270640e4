import {
  AccountId,
  clear,
  instantOf,
  isShredded,
  ok,
  refuse,
  SHREDDED,
  UnknownEventType,
  type Event,
  type JsonValue,
  type PersonalEvent,
  type Refusal,
  type StreamDefinition,
} from '#domain/kernel/index';
import type { CommandContext } from '../port.ts';

const textOf = (value: JsonValue | undefined): string => {
  if (typeof value === 'string') return value;
  throw new TypeError('Not a text.');
};

/** A small stream for tests of what works on any stream: a notebook holds notes about one person. */
export type NoteTaken = PersonalEvent<'NoteTaken', { topic: string }, { text: string }>;
export type NotebookClosed = Event<'NotebookClosed', { reason: string }>;
export type NotebookEvent = NoteTaken | NotebookClosed;
export type NotebookCommand =
  | Readonly<{ type: 'TakeNote'; topic: string; text: string }>
  | Readonly<{ type: 'Close'; reason: string }>;
export type Notebook = Readonly<{ topics: readonly string[]; closed: boolean }>;
export type NotebookRefusal = Refusal<'closed'>;

export const noteTaken = (topic: string, text: string): NoteTaken => ({
  type: 'NoteTaken',
  data: { topic },
  personal: clear({ text }),
});

/** Taking a note on a topic twice changes nothing; a closed notebook takes none. */
export const notebookStream: StreamDefinition<
  NotebookCommand,
  Notebook,
  NotebookEvent,
  NotebookRefusal
> = {
  category: 'notebook',
  subjectOf: (key) => key,
  initialState: { topics: [], closed: false },
  evolve: (state, event) =>
    event.type === 'NoteTaken'
      ? { ...state, topics: [...state.topics, event.data.topic] }
      : { ...state, closed: true },
  decide: (command, state) => {
    if (state.closed) return refuse({ code: 'closed', message: 'Open another notebook.' });
    if (command.type === 'Close') {
      return ok([{ type: 'NotebookClosed', data: { reason: command.reason } }]);
    }
    if (state.topics.includes(command.topic)) return ok([]);
    return ok([noteTaken(command.topic, command.text)]);
  },
  codec: {
    storedTypes: ['NoteTaken.v1', 'NotebookClosed.v1'],
    encode: (event) => {
      if (event.type === 'NotebookClosed') return { type: 'NotebookClosed.v1', data: event.data };
      if (isShredded(event.personal)) throw new TypeError('Nothing is left to store.');
      return { type: 'NoteTaken.v1', data: event.data, personal: event.personal.reveal() };
    },
    decode: (type, data, personal) => {
      if (type === 'NotebookClosed.v1') {
        return { type: 'NotebookClosed', data: { reason: textOf(data['reason']) } };
      }
      if (type !== 'NoteTaken.v1') throw new UnknownEventType(type);
      return {
        type: 'NoteTaken',
        data: { topic: textOf(data['topic']) },
        personal:
          personal === undefined || personal === SHREDDED
            ? SHREDDED
            : clear({ text: textOf(personal['text']) }),
      };
    },
  },
};

export const testAccount = AccountId.parse('acc_01jd0000000000000000000000');

/** The context of a command; `commandId` must be a UUID. */
export const contextOf = (
  commandId: string,
  more: Partial<CommandContext> = {},
): CommandContext => ({
  accountId: testAccount,
  actor: { kind: 'api-client', id: 'key_01jd0000000000000000000000' },
  channel: 'api',
  commandId,
  correlationId: 'correlation-1',
  now: instantOf(1_700_000_000_000),
  ...more,
});
