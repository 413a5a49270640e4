import type { AppendOutcome } from '../port.ts';
import type { PreparedAppend } from './prepared-append.ts';

/** How one append is made. */
export type Appends = Readonly<{
  /** Sends it, in the order of the calls. Undefined when the outcome is unknown. */
  attempt: (append: PreparedAppend) => Promise<AppendOutcome | undefined>;
  /** Finds the outcome out, and appends again if need be. */
  resolve: (append: PreparedAppend) => Promise<AppendOutcome>;
}>;

/** Whether the first attempt had a known outcome; rejected when there is none at all. */
type Ending = Promise<Readonly<{ isFirst: boolean }>>;

/**
 * Many appends in the order given, some in flight at a time. After a failure nothing more is begun. Rejects
 * with the first failure, once all that was begun has ended.
 */
export const appendAll = async (
  appends: readonly PreparedAppend[],
  inFlight: number,
  appender: Appends,
): Promise<readonly AppendOutcome[]> => {
  const outcomes: AppendOutcome[] = [];
  const endings = new Map<string, Ending>();
  const failures: unknown[] = [];
  const queue = appends.entries();

  /**
   * The server takes appends to one stream in the order in which they are sent. But what it said of one is
   * worth nothing when the one before it had to be sent again.
   */
  const run = async (index: number, append: PreparedAppend, before?: Ending): Ending => {
    const attempted = appender.attempt(append);
    const [first, previous] = await Promise.all([attempted, before]);
    const isFirst = first !== undefined && previous?.isFirst !== false;
    outcomes[index] = isFirst ? first : await appender.resolve(append);
    return { isFirst };
  };

  /** One of several that take what is next from the same queue. */
  const work = async (): Promise<void> => {
    for (const [index, append] of queue) {
      const ending = run(index, append, endings.get(append.stream));
      endings.set(append.stream, ending);
      try {
        await ending;
      } catch (error) {
        failures.push(error);
      }
      if (failures.length > 0) return;
    }
  };

  await Promise.all(Array.from({ length: Math.min(inFlight, appends.length) }, work));
  if (failures.length > 0) throw failures[0];
  return outcomes;
};
