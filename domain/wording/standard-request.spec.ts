import { describe, expect, it } from '@jest/globals';
import { WordingId } from '#domain/kernel/index';
import { specify } from '#domain/kernel/testing/specification';
import { requestFaults } from '#domain/statement/index';
import { aHash, anAccount, anotherAccount } from '#domain/testing/sample-ids';
import {
  createStandardRequest,
  STANDARD_REQUEST,
  standardRequestId,
  wordingStream,
} from './index.ts';

describe('CON-4, C-17: the standard request', () => {
  it('is one wording for each account, under the same id for whoever draws it up', () => {
    expect(WordingId.is(standardRequestId(anAccount))).toBe(true);
    expect(standardRequestId(anAccount)).toBe(standardRequestId(anAccount));
    expect(standardRequestId(anAccount)).not.toBe(standardRequestId(anotherAccount));
  });

  it('says in French and English what the law wants a request to say', () => {
    const sender = { name: 'Le Fleuve', postalAddress: '1, rue du Quai', web: 'https://f.example' };
    const languages = ['fr', 'en'] as never;
    expect(requestFaults(STANDARD_REQUEST, sender, languages)).toEqual([]);
  });

  it('is drawn up once, and lasts as it is', () => {
    const create = createStandardRequest(anAccount, aHash);
    const data = { accountId: anAccount, ...STANDARD_REQUEST, version: 1, hash: aHash };
    const created = { type: 'WordingCreated', data } as const;
    const wording = specify(wordingStream);
    wording.given().when(create).then(created);
    wording.given(created).when(create).thenNothing();
  });
});
