import {
  concat,
  concatMap,
  defer,
  distinctUntilChanged,
  map,
  of,
  takeWhile,
  timer,
  type Observable,
} from 'rxjs';
import type { ServerEvent } from './server-events.ts';

const EVERY_MILLISECONDS = 500;

/** `progress` with what is seen, whenever it changes, and `end` once it has one of the final statuses. */
export const progressEvents = (
  look: () => Promise<Readonly<{ status: string }>>,
  finalStatuses: readonly string[],
): Observable<ServerEvent> => {
  const changes = timer(0, EVERY_MILLISECONDS).pipe(
    concatMap(() => defer(look)),
    takeWhile(({ status }) => !finalStatuses.includes(status), true),
    map((seen) => JSON.stringify(seen)),
    distinctUntilChanged(),
    map((data) => ({ event: 'progress', data })),
  );
  return concat(changes, of({ event: 'end', data: '{}' }));
};
