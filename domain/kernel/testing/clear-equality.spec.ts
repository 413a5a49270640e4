import { expect, it } from '@jest/globals';
import { clear } from '../clear.ts';
import { clearEquality } from './clear-equality.ts';

expect.addEqualityTesters([clearEquality]);

it('compares personal values by what they hold', () => {
  expect(clear({ name: 'a' })).toEqual(clear({ name: 'a' }));
  expect({ personal: clear({ name: 'a' }) }).not.toEqual({ personal: clear({ name: 'b' }) });
  expect(clear('a')).not.toEqual('a');
});
