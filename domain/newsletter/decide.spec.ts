import { describe, expect, it } from '@jest/globals';
import { fold, type Language } from '#domain/kernel/index';
import { specify } from '#domain/kernel/testing/specification';
import { aHash, anAccount, anotherHash } from '#domain/testing/sample-ids';
import {
  newsletterStream,
  type NewsletterCreated,
  type NewsletterVersion,
  type NewsletterVersionSet,
} from './index.ts';

const french: NewsletterVersion = {
  language: 'fr' as Language,
  subject: 'La saison commence',
  body: { kind: 'html', html: '<p>{{ links.unsubscribe }}</p>' },
  hash: aHash,
};
const data = { accountId: anAccount, name: 'Autumn' };
const create = { type: 'CreateNewsletter', ...data } as const;
const created: NewsletterCreated = { type: 'NewsletterCreated', data };
const set = (change: Partial<NewsletterVersion> = {}) =>
  ({ type: 'SetNewsletterVersion', version: { ...french, ...change } }) as const;
const isSet = (change: Partial<NewsletterVersion> = {}): NewsletterVersionSet => ({
  type: 'NewsletterVersionSet',
  data: { ...french, ...change },
});
const newsletter = specify(newsletterStream);

describe('SND-1: a newsletter', () => {
  it('is created once, with a name', () => {
    newsletter.given().when(create).then(created);
    newsletter.given(created, isSet()).when(create).thenNothing();
    newsletter
      .given(created)
      .when({ ...create, name: 'Spring' })
      .thenRefused({ code: 'newsletter-exists' });
    newsletter
      .given()
      .when({ ...create, name: '' })
      .thenRefused({ code: 'name-missing' });
    newsletter
      .given()
      .when({ ...create, subject: {} })
      .thenRefused({ code: 'text-missing' });
  });

  it('has a version by language; the same content again changes nothing', () => {
    newsletter.given(created).when(set()).then(isSet());
    newsletter.given(created, isSet()).when(set()).thenNothing();
    const other = { subject: 'Bientôt', hash: anotherHash };
    newsletter.given(created, isSet()).when(set(other)).then(isSet(other));
    const english = { language: 'en' as Language };
    newsletter.given(created, isSet()).when(set(english)).then(isSet(english));
  });

  it('keeps the current version of each language', () => {
    const english = isSet({ language: 'en' as Language });
    const state = fold(newsletterStream, [created, isSet(), english, isSet({ hash: anotherHash })]);
    if (state.status === 'none') throw new Error('not created');
    expect([...state.versions.keys()]).toEqual(['fr', 'en']);
    expect(state.versions.get('fr' as Language)?.hash).toBe(anotherHash);
  });

  it.each([
    ['language-unknown', 'language', { language: 'FR' as Language }],
    ['subject-missing', 'subject', { subject: ' ' }],
    ['body-missing', 'html', { body: { kind: 'html', html: '' } }],
    ['body-missing', 'mjml', { body: { kind: 'mjml', mjml: ' ' } }],
  ] as const)('refuses a version as %s at %s', (code, path, wrong) => {
    newsletter.given(created).when(set(wrong)).thenRefused({ code, path });
  });

  it('must exist before its versions', () => {
    newsletter.given().when(set()).thenRefused({ code: 'unknown-newsletter' });
  });
});
