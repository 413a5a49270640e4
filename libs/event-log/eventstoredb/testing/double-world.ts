import type { EventLog } from '../../port.ts';
import {
  startWireDouble,
  type WireDouble,
  type WireDoubleOptions,
} from '../../testing/wire-double/wire-double.ts';
import {
  eventStoreDbEventLog,
  type EventStoreDbEventLogOptions,
} from '../eventstoredb-event-log.ts';

/** Short, so that tests of outages are; long enough for a busy machine. */
export const SHORT_PATIENCE = { open: 1_500, call: 1_000, retry: 5_000, watch: 100 };

export const urlOf = (double: Readonly<{ port: number }>): string =>
  `esdb://127.0.0.1:${double.port}?tls=false`;

export type DoubleWorld = Readonly<{
  double: WireDouble;
  open: (options?: Partial<EventStoreDbEventLogOptions>) => Promise<EventLog>;
  close: () => Promise<void>;
}>;

/** A double of its own for one test, and the logs that are opened on it. */
export const doubleWorld = async (options: WireDoubleOptions = {}): Promise<DoubleWorld> => {
  const double = await startWireDouble(options);
  const opened: EventLog[] = [];
  return {
    double,
    open: async (more) => {
      const patience = SHORT_PATIENCE;
      const log = await eventStoreDbEventLog({ url: urlOf(double), patience, ...more });
      opened.push(log);
      return log;
    },
    close: async () => {
      for (const log of opened) await log.close();
      await double.stop();
    },
  };
};
