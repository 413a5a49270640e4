import type { EventLog } from '../port.ts';

/** Where one log lives; every `open` is another instance on the same data. */
export type EventLogHome = Readonly<{
  open: () => Promise<EventLog>;
  remove: () => Promise<void>;
}>;
