import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { AnyEvent, Refusal } from '#domain/kernel/index';
import { handle } from '#libs/commands/index';
import type { Ledger } from '#libs/ledger/index';
import { CarryOut } from './carry-out.ts';

type AnyCommand = CarryOut<unknown, unknown, AnyEvent, Refusal>;

/** The only handler on the bus: which command it is, the stream's definition decides. */
@CommandHandler(CarryOut)
export class CarryOutHandler implements ICommandHandler<AnyCommand> {
  readonly #ledger: Ledger;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  execute({ request }: AnyCommand) {
    return handle(this.#ledger, request);
  }
}
