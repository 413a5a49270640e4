import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import { describeEventLog } from '../testing/conformance.ts';
import { startWireDouble, type WireDouble } from '../testing/wire-double/wire-double.ts';
import { eventStoreDbEventLog } from './eventstoredb-event-log.ts';

const server = process.env['ATTESTA_EVENTSTORE_URL'];

/** Each home is a ledger of its own on the same server. */
const homeAt = (url: () => string) => async () => {
  const streamPrefix = `t${randomUUID().replaceAll('-', '')}`;
  return {
    open: () => eventStoreDbEventLog({ url: url(), streamPrefix }),
    remove: async () => {},
  };
};

if (server !== undefined) {
  describeEventLog(
    'EventStoreDB',
    homeAt(() => server),
  );
}

let double: WireDouble;
beforeAll(async () => {
  double = await startWireDouble();
});
afterAll(() => double.stop());

describeEventLog(
  "EventStoreDB's double",
  homeAt(() => `esdb://127.0.0.1:${double.port}?tls=false`),
);
