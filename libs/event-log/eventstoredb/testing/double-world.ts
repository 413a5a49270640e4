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

/** Long, since a machine may be busy, but for the watchdog. */
export const TEST_PATIENCE = { open: 20_000, call: 20_000, retry: 20_000, watch: 100 };

/** For a log that is to find out that its server is away. What must succeed needs another one. */
export const IMPATIENCE = { ...TEST_PATIENCE, call: 200, retry: 200 };

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
      const patience = TEST_PATIENCE;
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
