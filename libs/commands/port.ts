import type { AnyEvent, Position, Refusal, StreamDefinition } from '#domain/kernel/index';
import type { CommandContext } from '#libs/ledger/port';

/** One command to one stream. */
export type CommandRequest<C, S, E extends AnyEvent, R extends Refusal> = Readonly<{
  definition: StreamDefinition<C, S, E, R>;
  key: string;
  command: C;
  context: CommandContext;
  /** From `If-Match`: the command is refused as `stale` unless the stream is at this revision. */
  ifRevision?: number;
}>;

/** What became of a command. No events: it was so already, or this very command was done before. */
export type CommandDone<S, E extends AnyEvent> = Readonly<{
  state: S;
  revision: number;
  /** Position of the last event of the stream after the command; undefined for a stream without events. */
  position: Position | undefined;
  events: readonly E[];
  /** True when this very command had been carried out before. */
  repeated: boolean;
}>;

export const STALE: Refusal<'stale'> = {
  code: 'stale',
  message: 'Somebody changed this in the meantime. Read it again and repeat your change.',
};
