import { setTimeout as pause } from 'node:timers/promises';
import {
  freePort,
  OPERATOR_KEY,
  startPart,
  type Ended,
  type Environment,
  type Part,
  type RunningProgram,
} from '../acceptance/support/program.ts';
import { until } from '../acceptance/support/until.ts';

const STARTED_WITHIN_MILLISECONDS = 120_000;

/** What a part calls itself in its leases, in the line that it logs when it starts. */
const HOLDER = /"event":"(?:sender|importer)-started".*?"(?:claimant|holder)":"([^"]+)"/;

/** A place in the fleet: a killed process is followed by another one of the same part, on the same port. */
export class Member {
  readonly part: Part;
  readonly #environment: Environment;
  #program: RunningProgram | undefined;

  constructor(part: Part, environment: Environment) {
    this.part = part;
    this.#environment = environment;
  }

  /** Undefined while nothing runs there, or does not work yet. */
  get program(): RunningProgram | undefined {
    return this.#program;
  }

  /** What the process that runs there calls itself in its leases. */
  leaseHolder(): string {
    const holder = HOLDER.exec(this.#program?.printed().err ?? '')?.[1];
    if (holder === undefined) throw new Error(`The ${this.part} has not said who it is.`);
    return holder;
  }

  /** As a supervisor does: what ended because a busy server did not answer in time is started again. */
  async start(): Promise<void> {
    this.#program = await until(
      `the ${this.part} to start`,
      () =>
        startPart(this.part, this.#environment).catch((error: unknown) => {
          if (error instanceof Error && error.message.includes('does not answer')) return undefined;
          throw error;
        }),
      STARTED_WITHIN_MILLISECONDS,
    );
  }

  async kill(): Promise<void> {
    const program = this.#program;
    this.#program = undefined;
    await program?.kill();
  }

  async stop(): Promise<Ended | undefined> {
    const program = this.#program;
    this.#program = undefined;
    return program?.stop();
  }
}

/** The product as processes of their own, of each part as many as named. */
export class Fleet {
  readonly members: readonly Member[];

  private constructor(members: readonly Member[]) {
    this.members = members;
  }

  /** Starts all of them at once. */
  static async start(parts: readonly Part[], environment: Environment): Promise<Fleet> {
    const members = parts.map(async (part) => {
      const own = { ATTESTA_PORT: String(await freePort()), ATTESTA_OPERATOR_KEY: OPERATOR_KEY };
      // These say who they are, and little else.
      const level = part === 'sender' || part === 'importer' ? 'info' : 'warn';
      return new Member(part, { ATTESTA_LOG_LEVEL: level, ...environment, ...own });
    });
    const fleet = new Fleet(await Promise.all(members));
    const started = await Promise.allSettled(fleet.members.map((member) => member.start()));
    const failed = started.find((outcome) => outcome.status === 'rejected');
    if (failed === undefined) return fleet;
    await fleet.stop();
    throw failed.reason;
  }

  of(part: Part): readonly Member[] {
    return this.members.filter((member) => member.part === part);
  }

  /** An API that works, whichever. */
  get api(): RunningProgram {
    const program = this.of('api').find((member) => member.program !== undefined)?.program;
    if (program === undefined) throw new Error('No API works at the moment.');
    return program;
  }

  /** Everything works again that was killed. Throws when something has ended by itself. */
  async restore(): Promise<void> {
    const gone = this.members.filter(({ program }) => program === undefined);
    await Promise.all(gone.map((member) => member.start()));
    for (const { part, program } of this.members) {
      if (program?.hasEnded())
        throw new Error(`The ${part} ended by itself: ${program.printed().err}`);
    }
  }

  stop(): Promise<readonly (Ended | undefined)[]> {
    return Promise.all(this.members.map((member) => member.stop()));
  }
}

export type Kills = Readonly<{
  /** How many of each part so far. */
  tally: () => Readonly<Record<string, number>>;
  /** Kills no more; resolves once everything works again. */
  end: () => Promise<void>;
}>;

/** Kills a member that chance names, of those parts of which two work, and starts another in its place, every so often. */
export const killNowAndThen = (
  fleet: Fleet,
  among: readonly Part[],
  { everyMilliseconds, chance }: Readonly<{ everyMilliseconds: number; chance: () => number }>,
): Kills => {
  const tally: Record<string, number> = {};
  const ending = new AbortController();
  // On a slow machine nothing would ever get done by parts of which both are always about to start.
  const isDoubled = (part: Part): boolean =>
    fleet.of(part).every(({ program }) => program !== undefined);
  const killOne = async (): Promise<void> => {
    const able = fleet.members.filter(({ part }) => among.includes(part) && isDoubled(part));
    const victim = able[Math.floor(chance() * able.length)];
    if (victim === undefined) return;
    tally[victim.part] = (tally[victim.part] ?? 0) + 1;
    await victim.kill();
    await victim.start();
  };
  const run = async (): Promise<void> => {
    const underWay: Promise<void>[] = [];
    while (!ending.signal.aborted) {
      underWay.push(killOne());
      await pause(everyMilliseconds, undefined, { signal: ending.signal }).catch(() => undefined);
    }
    await Promise.all(underWay);
    await fleet.restore();
  };
  const ended = run();
  // Whoever ends it hears of a failure.
  ended.catch(() => undefined);
  return {
    tally: () => tally,
    end: () => {
      ending.abort();
      return ended;
    },
  };
};
