import { describe, expect, it } from '@jest/globals';
import {
  array,
  boolean,
  count,
  either,
  mustFit,
  nullable,
  number,
  object,
  oneOf,
  optional,
  record,
  string,
  text,
  variant,
  type Shape,
} from './shape.ts';

const person = object({
  name: string(),
  age: optional(count()),
  tags: array(oneOf('a', 'b')),
  scores: record(number()),
});
const whole = { name: 'Ann', age: 3, tags: ['a'], scores: { x: 1.5 } };
const says = <T>(shape: Shape<T>, value: unknown): string => {
  try {
    mustFit(shape, value, 'data');
    return 'fits';
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return error.message;
  }
};

describe('a shape', () => {
  it('gives back the very value that fits', () => {
    expect(mustFit(person, whole, 'data')).toBe(whole);
    expect(says(person, { name: 'Ann', tags: [], scores: {} })).toBe('fits');
  });

  it.each<[string, object]>([
    ['At data.name: expected a text.', { ...whole, name: 7 }],
    ['At data.name: expected a text.', { tags: [], scores: {} }],
    ['At data.age: expected a whole number from 0.', { ...whole, age: -1 }],
    ['At data.tags.1: expected one of "a", "b".', { ...whole, tags: ['a', 'c'] }],
    ['At data.tags: expected a list.', { ...whole, tags: {} }],
    ['At data.scores.*: expected a finite number.', { ...whole, scores: { Roy: Infinity } }],
    ['At data: expected no keys but name, age, tags, scores.', { ...whole, nickname: 'Roy' }],
    ['At data: expected an object.', []],
  ])('says "%s"', (message, value) => {
    expect(says(person, value)).toBe(message);
  });

  it('takes nothing from the prototype', () => {
    const shape = object({ constructor: optional(string()), toString: optional(string()) });
    expect(says(shape, {})).toBe('fits');
    expect(says(variant('kind', {}), { kind: 'constructor' })).toContain('data.kind');
  });

  it('joins alternatives', () => {
    expect(says(nullable(string()), null)).toBe('fits');
    expect(says(either(string(), boolean()), false)).toBe('fits');
    expect(says(either(string(), boolean()), 1)).toBe('At data: expected true or false.');
    const kinds = variant('kind', { a: object({ kind: string() }) });
    expect(says(kinds, { kind: 'a' })).toBe('fits');
    expect(says(kinds, { kind: 'b' })).toBe('At data.kind: expected one of a.');
    expect(
      says(
        text('digits', (digits) => /^\d+$/.test(digits)),
        'x1',
      ),
    ).toBe('At data: expected digits.');
  });
});
