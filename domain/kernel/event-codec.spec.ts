import { describe, expect, it } from '@jest/globals';
import { clear, SHREDDED } from './clear.ts';
import type { Event, PersonalEvent } from './event.ts';
import { eventCodec } from './event-codec.ts';
import { count, mustFit, object, string } from './shape.ts';
import { UnknownEventType } from './stream.ts';

type Counted = Event<'Counted', { total: number }>;
type Named = PersonalEvent<'Named', { at: number }, { name: string }>;

const codec = eventCodec<Counted | Named>(
  {
    Counted: { version: 2, data: object({ total: count() }) },
    Named: { version: 1, data: object({ at: count() }), personal: object({ name: string() }) },
  },
  {
    'Counted.v1': (data) => ({
      type: 'Counted',
      data: { total: Number(mustFit(object({ text: string() }), data, 'Counted.v1 data').text) },
    }),
  },
);

describe('a codec of events', () => {
  it('writes the version of today and reads every version', () => {
    expect(codec.encode({ type: 'Counted', data: { total: 3 } })).toEqual({
      type: 'Counted.v2',
      data: { total: 3 },
    });
    expect([...codec.storedTypes].sort()).toEqual(['Counted.v1', 'Counted.v2', 'Named.v1']);
    const today = { type: 'Counted', data: { total: 3 } };
    expect(codec.decode('Counted.v2', { total: 3 }, undefined)).toEqual(today);
    expect(codec.decode('Counted.v1', { text: '3' }, undefined)).toEqual(today);
    expect(() => codec.decode('Counted.v1', { total: 3 }, undefined)).toThrow(TypeError);
  });

  it('knows no other type', () => {
    for (const type of ['Counted', 'Counted.v3', 'counted.v2', 'toString']) {
      expect(() => codec.decode(type, {}, undefined)).toThrow(UnknownEventType);
    }
  });

  it('keeps a personal part apart, in clear only for whoever reveals it', () => {
    const named: Named = { type: 'Named', data: { at: 1 }, personal: clear({ name: 'Marie' }) };
    expect(codec.encode(named)).toEqual({
      type: 'Named.v1',
      data: { at: 1 },
      personal: { name: 'Marie' },
    });
    const read = codec.decode('Named.v1', { at: 1 }, { name: 'Marie' });
    expect(JSON.stringify(read)).not.toContain('Marie');
    expect(codec.decode('Named.v1', { at: 1 }, SHREDDED)).toEqual({ ...named, personal: SHREDDED });
  });

  it('throws rather than lose or invent a personal part', () => {
    const shredded: Named = { type: 'Named', data: { at: 1 }, personal: SHREDDED };
    expect(() => codec.encode(shredded)).toThrow(TypeError);
    expect(() => codec.decode('Named.v1', { at: 1 }, undefined)).toThrow(TypeError);
    expect(() => codec.decode('Counted.v2', { total: 1 }, { name: 'Marie' })).toThrow(TypeError);
  });
});
