import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold, isShredded, type AnyEvent, type JsonObject } from '#domain/kernel/index';
import { streamDefinitions, type AnyStream } from './streams.ts';
import {
  anyAccountEvent,
  anyApiKeyEvent,
  anyCampaignEvent,
  anyDeliveryEvent,
  anyFieldEvent,
  anyFormEvent,
  anyImportEvent,
  anyListEvent,
  anyNewsletterEvent,
  anyStatementEvent,
  anyWordingEvent,
} from './testing/arbitrary-events.ts';

const streams: readonly (readonly [category: string, fc.Arbitrary<AnyEvent>])[] = [
  ['account', anyAccountEvent],
  ['apikey', anyApiKeyEvent],
  ['campaign', anyCampaignEvent],
  ['delivery', anyDeliveryEvent],
  ['fields', anyFieldEvent],
  ['form', anyFormEvent],
  ['import', anyImportEvent],
  ['list', anyListEvent],
  ['newsletter', anyNewsletterEvent],
  ['statement', anyStatementEvent],
  ['wording', anyWordingEvent],
];
const streamOf = (category: string): AnyStream => {
  const stream = streamDefinitions.find((definition) => definition.category === category);
  if (stream === undefined) throw new Error(`No stream has the category ${category}.`);
  return stream;
};
const inClear = ({ type, data, personal }: AnyEvent) => ({
  type,
  data,
  personal: personal === undefined || isShredded(personal) ? undefined : personal.reveal(),
});
const throughJson = (part: JsonObject): JsonObject =>
  JSON.parse(JSON.stringify(part)) as JsonObject;

describe('the laws of streams', () => {
  it('hold for all of them here, and for recipients in their own room', () => {
    const categories = [...streams.map(([category]) => category), 'recipient'].sort();
    expect(streamDefinitions.map(({ category }) => category).sort()).toEqual(categories);
  });

  it.each(streams)('LED-1: %s: decode(encode(event)) is the event', (category, events) => {
    const { codec } = streamOf(category);
    fc.assert(
      fc.property(events, (event) => {
        if (event.personal !== undefined && isShredded(event.personal)) {
          expect(() => codec.encode(event)).toThrow(TypeError);
          return;
        }
        const { type, data, personal } = codec.encode(event);
        const read = codec.decode(
          type,
          throughJson(data),
          personal === undefined ? undefined : throughJson(personal),
        );
        expect(inClear(read)).toEqual(inClear(event));
      }),
    );
  });

  it.each(streams)('LED-1: %s: any events in any order fold into a state', (category, events) => {
    const stream = streamOf(category);
    fc.assert(
      fc.property(fc.array(events, { maxLength: 12 }), (history) => {
        const before = JSON.stringify(stream.initialState);
        expect(fold(stream, history)).toEqual(fold(stream, history));
        expect(JSON.stringify(stream.initialState)).toBe(before);
      }),
    );
  });
});
