import { ok, refuse, type AnyEvent, type Refusal, type Result } from '#domain/kernel/index';
import { VersionConflict } from '#libs/event-log/port';
import type { Ledger } from '#libs/ledger/port';
import {
  expectedOf,
  stateAfter,
  stateAfterCommand,
  stateBefore,
  type StreamState,
} from './load-stream.ts';
import { STALE, type CommandDone, type CommandRequest } from './port.ts';

/** How often a command is decided anew because somebody else wrote to its stream first. */
export const ATTEMPTS = 10;

/**
 * Carries out one command: loads the stream, decides, appends. When somebody else wrote first, it
 * decides again on what is there now; with `ifRevision` it is refused as `stale` instead. A command that
 * was carried out before is recognised by its id and changes nothing. Throws `VersionConflict` when ten
 * attempts all lost, and what the ledger throws: then the outcome is unknown and the same command may be
 * given again.
 */
export const handle = async <C, S, E extends AnyEvent, R extends Refusal>(
  ledger: Ledger,
  request: CommandRequest<C, S, E, R>,
): Promise<Result<CommandDone<S, E>, R | Refusal<'stale'>>> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptOnce(ledger, request);
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
      // Decided on the revision that the caller saw; going round once more tells a repeat from a change.
      if (attempt === ATTEMPTS) throw error;
    }
  }
};

const attemptOnce = async <C, S, E extends AnyEvent, R extends Refusal>(
  ledger: Ledger,
  request: CommandRequest<C, S, E, R>,
): Promise<Result<CommandDone<S, E>, R | Refusal<'stale'>>> => {
  const { definition, key, command, context, ifRevision } = request;
  const history = await ledger.read(definition, key);
  const earlier = stateAfterCommand(definition, history, context.commandId);
  if (earlier !== undefined) return ok({ ...earlier, events: [], repeated: true });

  const current = stateAfter(definition, stateBefore(definition), history);
  if (ifRevision !== undefined && ifRevision !== current.revision) return refuse(STALE);
  const decision = definition.decide(command, current.state);
  if (!decision.ok) return decision;
  const events = decision.value;
  if (events.length === 0) return ok({ ...current, events, repeated: false });

  const expected = expectedOf(current);
  const appended = await ledger.append({ format: definition, key, expected, events, context });
  return ok(done(request, current, events, appended));
};

/** What a command has done once its events are recorded. */
export const done = <C, S, E extends AnyEvent, R extends Refusal>(
  { definition }: CommandRequest<C, S, E, R>,
  before: StreamState<S>,
  events: readonly E[],
  appended: Pick<CommandDone<S, E>, 'revision' | 'position'>,
): CommandDone<S, E> => ({
  state: events.reduce(definition.evolve, before.state),
  revision: appended.revision,
  position: appended.position,
  events,
  repeated: false,
});
