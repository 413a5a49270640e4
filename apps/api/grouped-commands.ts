import { setImmediate } from 'node:timers/promises';
import type { AnyEvent, Refusal } from '#domain/kernel/index';
import { handle, handleMany, type CommandRequest, type ManyOutcome } from '#libs/commands/index';
import type { Ledger } from '#libs/ledger/index';

type Waiting<C, S, E extends AnyEvent, R extends Refusal> = Readonly<{
  request: CommandRequest<C, S, E, R>;
  resolve: (outcome: ManyOutcome<S, E, R>) => void;
  reject: (reason: unknown) => void;
}>;

/** As many as are read and written at once. */
const LARGEST_GROUP = 256;

/**
 * Carries out commands that arrive together as one group: one read of all streams, one append for all.
 * What arrives while a group is under way makes up the next one, so that the busier it is, the more
 * commands share the two waits for the disk (keys, then events). Each has its own outcome, as if it had
 * come alone; a command that comes alone waits for nothing.
 */
export class GroupedCommands<C, S, E extends AnyEvent, R extends Refusal> {
  readonly #ledger: Ledger;
  readonly #waiting: Waiting<C, S, E, R>[] = [];
  #isWorking = false;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  run(request: CommandRequest<C, S, E, R>): Promise<ManyOutcome<S, E, R>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      if (!this.#isWorking) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    while (this.#waiting.length > 0) {
      // Everything that this turn of the event loop brings belongs to the group.
      await setImmediate();
      await this.#carryOut(this.#waiting.splice(0, LARGEST_GROUP));
    }
    this.#isWorking = false;
  }

  async #carryOut(group: readonly Waiting<C, S, E, R>[]): Promise<void> {
    try {
      const outcomes = await handleMany(
        this.#ledger,
        group.map(({ request }) => request),
      );
      group.forEach(({ resolve, reject }, index) => {
        const outcome = outcomes[index];
        if (outcome === undefined) reject(new Error('A command has no outcome.'));
        else resolve(outcome);
      });
    } catch (error) {
      await this.#afterFailure(group, error);
    }
  }

  /**
   * One command of a group must not fail for another's fault: each is given again alone, which is harmless
   * for those that were carried out. What is wrong with the ledger itself every one of them will meet.
   */
  async #afterFailure(group: readonly Waiting<C, S, E, R>[], error: unknown): Promise<void> {
    const [only, another] = group;
    if (another === undefined) {
      only?.reject(error);
      return;
    }
    await Promise.all(group.map((waiting) => this.#alone(waiting)));
  }

  async #alone({ request, resolve, reject }: Waiting<C, S, E, R>): Promise<void> {
    try {
      const done = await handle(this.#ledger, request);
      if (!done.ok) {
        resolve(done);
        return;
      }
      const history = await this.#ledger.read(request.definition, request.key);
      const created = history[0]?.metadata.causationId === request.context.commandId;
      resolve({ ok: true, value: { ...done.value, created } });
    } catch (error) {
      reject(error);
    }
  }
}
