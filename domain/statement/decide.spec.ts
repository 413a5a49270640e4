import { describe, expect, it } from '@jest/globals';
import { clear, fold, isShredded, SHREDDED, type Language } from '#domain/kernel/index';
import { specify } from '#domain/kernel/testing/specification';
import {
  aHash,
  anAccount,
  anotherAccount,
  anotherHash,
  aWording,
} from '#domain/testing/sample-ids';
import {
  statementKey,
  statementStream,
  type ConsentStatementShown,
  type KeepStatement,
} from './index.ts';

const text = 'I agree.\n\nPurpose: news';
const shown = {
  accountId: anAccount,
  wordingId: aWording,
  version: 1,
  language: 'en' as Language,
  hash: aHash,
};
const keep: KeepStatement = { type: 'KeepStatement', ...shown, text: clear(text) };
const kept: ConsentStatementShown = {
  type: 'ConsentStatementShown',
  data: shown,
  personal: clear({ text }),
};
const statement = specify(statementStream);

describe('C-18: a statement that somebody agreed to', () => {
  it('is kept once, word for word', () => {
    const decision = statementStream.decide(keep, statementStream.initialState);
    if (!decision.ok) throw new Error('refused');
    const [event] = decision.value;
    expect(event?.data).toEqual(shown);
    if (event === undefined || isShredded(event.personal)) throw new Error('no text');
    expect(event.personal.reveal()).toEqual({ text });
    statement.given(kept).when(keep).thenNothing();
  });

  it('names each version that shows it', () => {
    const third = statementStream.decide({ ...keep, version: 3 }, fold(statementStream, [kept]));
    if (!third.ok) throw new Error('refused');
    const state = fold(statementStream, [kept, ...third.value, kept]);
    expect(state).toMatchObject({
      shownBy: [
        { wordingId: aWording, version: 1 },
        { wordingId: aWording, version: 3 },
      ],
    });
  });

  it('is never another one', () => {
    for (const other of [
      { hash: anotherHash },
      { language: 'fr' as Language },
      { accountId: anotherAccount },
    ]) {
      statement
        .given(kept)
        .when({ ...keep, ...other })
        .thenRefused({ code: 'statement-differs' });
    }
  });

  it('is kept under the account’s key, and goes with it', () => {
    expect(statementStream.subjectOf?.(statementKey(anAccount, aHash))).toBe(anAccount);
    const state = fold(statementStream, [{ ...kept, personal: SHREDDED }]);
    expect(state).toMatchObject({ status: 'kept', hash: aHash, text: SHREDDED });
  });
});
