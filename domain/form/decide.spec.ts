import { describe, it } from '@jest/globals';
import type { WordingId } from '#domain/kernel/index';
import { specify } from '#domain/kernel/testing/specification';
import { anAccount, anotherAccount, aWording, events, news } from '#domain/testing/sample-ids';
import { formStream, type FormCreated, type FormTerms } from './index.ts';

const terms: FormTerms = {
  name: 'Footer of the website',
  listIds: [news],
  chooseLists: false,
  fields: [{ key: 'firstName', required: false, hidden: false }],
  wordingId: aWording,
  optIn: 'double',
  welcome: { enabled: true },
};
const create = (change: Partial<FormTerms> = {}) =>
  ({ type: 'CreateForm', accountId: anAccount, terms: { ...terms, ...change } }) as const;
const change = (changed: Partial<FormTerms>) => ({ type: 'ChangeForm', terms: changed }) as const;
const created: FormCreated = { type: 'FormCreated', data: { accountId: anAccount, ...terms } };
const form = specify(formStream);

describe('COL-1: a form', () => {
  it('is created once', () => {
    form.given().when(create()).then(created);
    form.given(created).when(create()).thenNothing();
    form
      .given(created)
      .when({ ...create(), accountId: anotherAccount })
      .thenRefused({ code: 'form-exists' });
  });

  it('names each list once', () => {
    form
      .given()
      .when(create({ listIds: [news, events, news] }))
      .then({ ...created, data: { ...created.data, listIds: [news, events] } });
    form
      .given(created)
      .when(change({ listIds: [news, news] }))
      .thenNothing();
  });

  it('C-17: needs a list and a wording', () => {
    form
      .given()
      .when(create({ listIds: [] }))
      .thenRefused({ code: 'list-required', path: 'listIds' });
    form
      .given()
      .when(create({ wordingId: '' as WordingId }))
      .thenRefused({ code: 'wording-required', path: 'wordingId' });
    form
      .given(created)
      .when(change({ listIds: [] }))
      .thenRefused({ code: 'list-required' });
  });

  it('can be filled in', () => {
    const twice = [...terms.fields, ...terms.fields];
    form
      .given()
      .when(create({ fields: twice }))
      .thenRefused({ code: 'field-repeated', path: 'fields.1.key' });
    const unseen = { key: 'source', required: true, hidden: true } as const;
    form
      .given()
      .when(create({ fields: [unseen] }))
      .thenRefused({ code: 'field-value-required', path: 'fields.0.value' });
  });

  it.each([
    ['name-missing', 'name', { name: '' }],
    ['text-missing', 'title', { title: {} }],
    ['text-missing', 'introduction.en', { introduction: { en: '' } }],
    ['text-missing', 'welcome.text', { welcome: { enabled: true, text: {} } }],
    ['language-unknown', 'welcome.subject', { welcome: { enabled: true, subject: { '?': 'a' } } }],
  ] as const)('is refused as %s at %s', (code, path, wrong) => {
    form.given().when(create(wrong)).thenRefused({ code, path });
  });

  it('records only what changed', () => {
    form
      .given(created)
      .when(change({ name: terms.name, optIn: 'single' }))
      .then({ type: 'FormChanged', data: { optIn: 'single' } });
    form.given(created).when(change(terms)).thenNothing();
    form.given().when(change(terms)).thenRefused({ code: 'unknown-form' });
  });
});
