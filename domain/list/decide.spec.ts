import { describe, it } from '@jest/globals';
import { specify } from '#domain/kernel/testing/specification';
import { anAccount, anotherAccount } from '#domain/testing/sample-ids';
import { listStream, type CreateList, type ListCreated } from './index.ts';

const terms = { name: { fr: 'Nouvelles', en: 'News' }, visible: true } as const;
const create: CreateList = { type: 'CreateList', accountId: anAccount, terms };
const created: ListCreated = { type: 'ListCreated', data: { accountId: anAccount, ...terms } };
const list = specify(listStream);

describe('a list', () => {
  it('is created once', () => {
    list.given().when(create).then(created);
    list.given(created).when(create).thenNothing();
    list
      .given(created)
      .when({ ...create, accountId: anotherAccount })
      .thenRefused({ code: 'list-exists' });
  });

  it('has a name in at least one language', () => {
    const named = (name: Record<string, string>) => ({ ...create, terms: { ...terms, name } });
    list.given().when(named({})).thenRefused({ code: 'text-missing', path: 'name' });
    list
      .given()
      .when(named({ fr: ' ' }))
      .thenRefused({ code: 'text-missing', path: 'name.fr' });
    list
      .given()
      .when(named({ FR: 'Non' }))
      .thenRefused({ code: 'language-unknown', path: 'name' });
  });

  it('records only what changed', () => {
    list
      .given(created)
      .when({ type: 'ChangeList', terms: { name: terms.name, visible: false } })
      .then({ type: 'ListChanged', data: { visible: false } });
    list.given(created).when({ type: 'ChangeList', terms }).thenNothing();
  });

  it('is changed only into a list that may be created', () => {
    list
      .given(created)
      .when({ type: 'ChangeList', terms: { description: {} } })
      .thenRefused({ code: 'text-missing', path: 'description' });
    list.given().when({ type: 'ChangeList', terms }).thenRefused({ code: 'unknown-list' });
  });
});
