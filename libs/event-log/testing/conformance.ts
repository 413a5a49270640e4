import { afterEach, beforeEach, describe } from '@jest/globals';
import { describeAppending } from './conformance/appending.ts';
import { describeClosing } from './conformance/closing.ts';
import { describeIdentity } from './conformance/identity.ts';
import { LogAtHand } from './conformance/log-at-hand.ts';
import { describeRacingWriters } from './conformance/racing-writers.ts';
import { describeReading } from './conformance/reading.ts';
import { describeWaiting } from './conformance/waiting.ts';
import type { EventLogHome } from './event-log-home.ts';
import { describeEventLogModel } from './model.ts';

/** Everything the port promises, for every engine. `makeHome` makes an empty one. */
export const describeEventLog = (name: string, makeHome: () => Promise<EventLogHome>): void => {
  describe(`event log: ${name}`, () => {
    const at = new LogAtHand(makeHome);
    beforeEach(() => at.begin());
    afterEach(() => at.end());

    describeAppending(at);
    describeRacingWriters(at);
    describeReading(at);
    describeIdentity(at);
    describeWaiting(at);
    describeClosing(at);
    describeEventLogModel(makeHome);
  });
};
