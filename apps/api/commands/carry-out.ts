import { Command } from '@nestjs/cqrs';
import type { AnyEvent, Refusal, Result } from '#domain/kernel/index';
import type { CommandDone, CommandRequest } from '#libs/commands/index';

/** One command to one stream, on its way to `handle`; what it asks for is in `request`. */
export class CarryOut<C, S, E extends AnyEvent, R extends Refusal> extends Command<
  Result<CommandDone<S, E>, R | Refusal<'stale'>>
> {
  readonly request: CommandRequest<C, S, E, R>;

  constructor(request: CommandRequest<C, S, E, R>) {
    super();
    this.request = request;
  }
}
