import { describeEventLog } from '#libs/event-log/testing/conformance';
import { inMemoryEventLog, InMemoryEvents } from './in-memory-event-log.ts';

describeEventLog('in memory, for tests', async () => {
  const events = new InMemoryEvents();
  return { open: async () => inMemoryEventLog(events), remove: async () => undefined };
});
