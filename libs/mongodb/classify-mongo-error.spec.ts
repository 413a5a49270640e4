import { describe, expect, it } from '@jest/globals';
import { MongoServerError } from 'mongodb';
import { classifyMongoError } from './classify-mongo-error.ts';

describe('what an error of MongoDB means', () => {
  it.each([
    ['a cursor that a server forgot when it was started again', 43, 'unreachable'],
    ['a query that was killed as a collection went or a primary stepped down', 175, 'unreachable'],
    ['a cursor that was killed', 237, 'unreachable'],
    ['a wrong password', 18, 'unauthorised'],
    ['another document with the same key', 11_000, undefined],
    ['a command that is wrong', 9, undefined],
  ])('%s (%d): %s', (_, code, meaning) => {
    expect(classifyMongoError(new MongoServerError({ message: 'no', code }))).toBe(meaning);
  });
});
