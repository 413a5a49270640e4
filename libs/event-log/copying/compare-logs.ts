import type { Position } from '#domain/kernel/index';
import type { EventLog, RecordedBytes } from '../port.ts';
import { copyAborted, copyDiffers, targetGoesOn } from './copy-refused.ts';
import type { Tally } from './tally.ts';

const PAGE = 1_000;

/** The last event that both logs have, in the positions of each; nothing at the beginning. */
export type CommonPlace = Readonly<{ source?: Position; target?: Position }>;

export type Comparison = Readonly<{
  source: Pick<EventLog, 'readAll'>;
  target: Pick<EventLog, 'readAll'>;
  /** Counts what is equal. */
  tally: Tally;
  onCompared: (events: number) => void;
  signal: AbortSignal;
}>;

/**
 * Reads both logs side by side from a place on, event for event, until the target ends. Says how far both are
 * the same, and whether the source goes on. Throws `CopyRefused` where they differ, or where the target goes on.
 */
export const compareLogs = async (
  { source, target, tally, onCompared, signal }: Comparison,
  from: CommonPlace,
): Promise<Readonly<{ place: CommonPlace; isAll: boolean }>> => {
  let place = from;
  for (;;) {
    if (signal.aborted) throw copyAborted();
    const [there, here] = await Promise.all([
      source.readAll({ after: place.source, limit: PAGE }),
      target.readAll({ after: place.target, limit: PAGE }),
    ]);
    const common = Math.min(there.length, here.length);
    for (let index = 0; index < common; index += 1) {
      const [original, copy] = [there[index], here[index]];
      if (original === undefined || copy === undefined) break;
      if (!isSame(original, copy)) throw copyDiffers(original.stream, original.revision);
      tally.add(original);
      place = { source: original.position, target: copy.position };
    }
    onCompared(tally.events);
    const more = here[common];
    if (more !== undefined) throw targetGoesOn(more.stream);
    if (here.length < PAGE) return { place, isAll: there.length === common };
  }
};

/** Everything but the position, which each log has its own of. */
const isSame = (one: RecordedBytes, other: RecordedBytes): boolean =>
  one.stream === other.stream &&
  one.revision === other.revision &&
  one.id === other.id &&
  one.type === other.type &&
  one.data === other.data &&
  one.metadata === other.metadata &&
  isSamePersonal(one.personal, other.personal);

const isSamePersonal = (one: Uint8Array | undefined, other: Uint8Array | undefined): boolean =>
  one === undefined || other === undefined ? one === other : Buffer.compare(one, other) === 0;
