import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { fold, SHREDDED } from '#domain/kernel/index';
import { recipientStream } from '#domain/recipient/index';
import { anyEvent } from '#domain/recipient/testing/arbitraries';
import { FOR_VIEWS, recipientView } from './recipient-view.ts';

it('a view shows nothing of the personal parts that are left closed for it', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 20 }), (events) => {
      const partly = events.map((event) =>
        'personal' in event && FOR_VIEWS.opens?.has(event.type) === false
          ? { ...event, personal: SHREDDED }
          : event,
      );
      const view = (history: typeof events) => recipientView('a', fold(recipientStream, history));
      expect(view(partly)).toEqual(view(events));
    }),
    { numRuns: 500 },
  );
});
