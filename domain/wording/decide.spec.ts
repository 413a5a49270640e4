import { describe, expect, it } from '@jest/globals';
import { fold } from '#domain/kernel/index';
import { specify } from '#domain/kernel/testing/specification';
import { aHash, anAccount, anotherHash } from '#domain/testing/sample-ids';
import { wordingStream, type CreateWording, type WordingCreated } from './index.ts';

const texts = { fr: 'J’accepte de recevoir…', en: 'I agree to receive…' };
const create: CreateWording = {
  type: 'CreateWording',
  accountId: anAccount,
  purpose: 'Newsletter',
  texts,
  hash: aHash,
};
const created: WordingCreated = {
  type: 'WordingCreated',
  data: { accountId: anAccount, purpose: 'Newsletter', version: 1, texts, hash: aHash },
};
const otherTexts = { fr: 'Je consens…' };
const add = { type: 'AddWordingVersion', texts: otherTexts, hash: anotherHash } as const;
const added = {
  type: 'WordingVersionAdded',
  data: { version: 2, texts: otherTexts, hash: anotherHash },
} as const;
const wording = specify(wordingStream);

describe('COL-1, C-18: a wording', () => {
  it('begins with version 1, once', () => {
    wording.given().when(create).then(created);
    wording.given(created).when(create).thenNothing();
    wording.given(created, added).when(create).thenNothing();
    wording
      .given(created)
      .when({ ...create, hash: anotherHash })
      .thenRefused({ code: 'wording-exists' });
  });

  it('grows by versions, and the latest words again add none', () => {
    wording.given(created).when(add).then(added);
    wording.given(created, added).when(add).thenNothing();
  });

  it('may return to earlier words, as a new version', () => {
    wording
      .given(created, added)
      .when({ type: 'AddWordingVersion', texts, hash: aHash })
      .then({ type: 'WordingVersionAdded', data: { version: 3, texts, hash: aHash } });
  });

  it('keeps every version as it was', () => {
    const state = fold(wordingStream, [created, added]);
    expect(state).toMatchObject({
      versions: [
        { version: 1, texts },
        { version: 2, texts: otherTexts },
      ],
      latest: { version: 2 },
    });
  });

  it('C-17: states its purpose and its words', () => {
    wording
      .given()
      .when({ ...create, purpose: '' })
      .thenRefused({ code: 'purpose-missing' });
    wording
      .given()
      .when({ ...create, texts: {} })
      .thenRefused({ code: 'text-missing' });
    wording
      .given(created)
      .when({ ...add, texts: { fr: '' } })
      .thenRefused({ code: 'text-missing', path: 'texts.fr' });
    wording.given().when(add).thenRefused({ code: 'unknown-wording' });
  });
});
