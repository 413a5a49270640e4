import type { Position } from '#domain/kernel/index';
import type { EventLog } from '../port.ts';
import { appendsOf } from './appends-of.ts';
import { compareLogs } from './compare-logs.ts';
import { copyAborted, copyDiffers } from './copy-refused.ts';
import { Tally, type TallyOfLog } from './tally.ts';

const PAGE = 1_000;

export type Copying = Readonly<{
  source: Pick<EventLog, 'readAll'>;
  /** Appends in the order it is given: the total order is part of what is copied. */
  target: Pick<EventLog, 'readAll' | 'appendMany'>;
  onProgress: (what: 'copying' | 'comparing', events: number) => void;
  signal: AbortSignal;
}>;

export type CopyResult = TallyOfLog &
  Readonly<{
    /** Events that were not in the target before. */
    copied: number;
  }>;

/**
 * Makes the target an exact copy of the source: the same streams, revisions, ids and bytes in the same total
 * order. What the target holds already must be the beginning of the source, so that an interrupted copy goes on
 * where it stopped. In the end every event of every stream was read from both logs and found equal. Throws
 * `CopyRefused` or `EventLogUnavailable`; repeat it after the latter.
 */
export const copyLog = async (copying: Copying): Promise<CopyResult> => {
  const { source, target, onProgress, signal } = copying;
  const tally = new Tally();
  const onCompared = (events: number): void => onProgress('comparing', events);
  let copied = 0;
  let { place, isAll } = await compareLogs({ source, target, tally, onCompared, signal }, {});
  // More than once only where somebody writes to the source meanwhile.
  while (!isAll) {
    copied += await appendRest(copying, place.source, tally.events);
    ({ place, isAll } = await compareLogs({ source, target, tally, onCompared, signal }, place));
  }
  return { ...tally.result(), copied };
};

/** How many events were appended. */
const appendRest = async (
  { source, target, onProgress, signal }: Copying,
  from: Position | undefined,
  before: number,
): Promise<number> => {
  let copied = 0;
  for (let after = from; ;) {
    if (signal.aborted) throw copyAborted();
    const page = await source.readAll({ after, limit: PAGE });
    const appends = appendsOf(page);
    const outcomes = await target.appendMany(appends);
    outcomes.forEach((outcome, index) => {
      if (!outcome.ok)
        throw copyDiffers(appends[index]?.stream ?? '', firstOf(outcome.error.expected));
    });
    copied += page.length;
    onProgress('copying', before + copied);
    if (page.length < PAGE) return copied;
    after = page.at(-1)?.position;
  }
};

const firstOf = (expected: number | 'no-stream'): number =>
  expected === 'no-stream' ? 0 : expected + 1;
