import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { positionOf, wirePositionOf } from './position.ts';
import type { Position } from '#domain/kernel/index';
import { streamNames } from './stream-names.ts';

const number = fc.bigInt({ min: 0n, max: 2n ** 64n - 2n });
const place = fc.record({ commit: number, prepare: number });

describe('LED: positions in EventStoreDB', () => {
  it('compare as text as the numbers do, commit before prepare, and come back', () => {
    fc.assert(
      fc.property(place, place, (one, other) => {
        const [a, b] = [one, other].map(({ commit, prepare }) =>
          positionOf({ commit: String(commit), prepare: String(prepare) }),
        ) as [Position, Position];
        const isBefore =
          one.commit < other.commit || (one.commit === other.commit && one.prepare < other.prepare);
        expect(a < b).toBe(isBefore);
        expect(wirePositionOf(a)).toEqual({
          commit: String(one.commit),
          prepare: String(one.prepare),
        });
      }),
    );
  });

  it('of another log are refused', () => {
    expect(() => wirePositionOf('0000000000000042' as Position)).toThrow(TypeError);
  });

  it('that the server does not know are no positions', () => {
    const unknown = String(2n ** 64n - 1n);
    expect(() => positionOf({ commit: unknown, prepare: unknown })).toThrow(RangeError);
  });
});

describe('LED: stream names on a shared server', () => {
  const [plain, acme] = [streamNames(), streamNames('acme')];

  it('come back, and only those of the same ledger', () => {
    expect(acme.toServer('list-a.b-c')).toBe('acme.list-a.b-c');
    expect(acme.fromServer('acme.list-a.b-c')).toBe('list-a.b-c');
    for (const name of ['list-a', 'acme2.list-a', acme.identity, '$ce-acme.list', 'acme.$x-y']) {
      expect(acme.fromServer(name)).toBeUndefined();
    }
    for (const name of ['acme.list-a', plain.identity, '$ce-list', '$$list-a', '-a', 'a.b-c']) {
      expect(plain.fromServer(name)).toBeUndefined();
    }
  });

  it('are filtered by the server as they are by us', () => {
    const names = ['list-a', 'acme.list-a', 'acme2.list-a', 'ledger', 'acme.ledger', '$ce-list'];
    for (const each of [plain, acme]) {
      const filter = each.filter();
      const isSent = new RegExp('pattern' in filter ? filter.pattern : '');
      expect(names.filter((name) => isSent.test(name))).toEqual(
        names.filter((name) => each.fromServer(name) !== undefined),
      );
    }
  });

  it.each([
    'nodash',
    '-a',
    '$ce-list',
    'acme.list-a',
    'list-a\nb',
    'li st-a',
    `list-${'x'.repeat(1000)}`,
  ])('cannot be %j', (stream) => {
    expect(() => plain.toServer(stream)).toThrow(TypeError);
  });

  it.each(['a-b', 'a.b', '$a', 'ü', 'x'.repeat(65)])('cannot begin with %j', (prefix) => {
    expect(() => streamNames(prefix)).toThrow(TypeError);
  });
});
