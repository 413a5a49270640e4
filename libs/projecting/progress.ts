import type { Position } from '#domain/kernel/index';

/**
 * `waiting`: another process projects it, or it pauses after a failure. `stopped`: it failed too often and
 * needs a person.
 */
export type ProjectionState = 'waiting' | 'catching-up' | 'live' | 'stopped';

export type ProjectionStatus = Readonly<{
  name: string;
  state: ProjectionState;
  checkpoint?: Position;
  /** Events read since this process began. */
  events: number;
  /** Age of the newest event that was applied; 0 when nothing is left to apply. */
  lagMilliseconds: number;
}>;

/** How far the runners of this process are, for health, metrics and those who wait. */
export type Progress = Readonly<{
  update: (status: ProjectionStatus) => void;
  statuses: () => readonly ProjectionStatus[];
  /** Resolves at the next update of a projection, or when the signal aborts. */
  next: (name: string, signal: AbortSignal) => Promise<void>;
}>;

export const projectionProgress = (): Progress => {
  const statuses = new Map<string, ProjectionStatus>();
  const updates = new EventTarget();
  return {
    update: (status) => {
      statuses.set(status.name, status);
      updates.dispatchEvent(new Event(status.name));
    },
    statuses: () => [...statuses.values()],
    next: (name, signal) =>
      new Promise((resolve) => {
        const done = (): void => {
          updates.removeEventListener(name, done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        if (signal.aborted) {
          resolve();
          return;
        }
        updates.addEventListener(name, done);
        signal.addEventListener('abort', done);
      }),
  };
};
