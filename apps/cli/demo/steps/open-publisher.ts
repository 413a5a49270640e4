import type { DemoClient } from '../demo-client.ts';
import { ACCOUNT, FIELDS, FORM, LISTS, WORDING, type ListName } from '../example/bookshop.ts';
import type { Publisher } from '../made.ts';

type Id = Readonly<{ id: string }>;

/**
 * An account with its key, lists, fields, wording and form. Every request has a key of its own to repeat it
 * by, so that a demo that was interrupted finds what it made before.
 */
export const openPublisher = async (operator: DemoClient): Promise<Publisher> => {
  const { id: accountId } = await operator.post<Id>('/v1/accounts', ACCOUNT, 'demo-account');
  const { key: apiKey } = await operator.post<{ key: string }>(
    `/v1/accounts/${accountId}/api-keys`,
    { name: 'demo', scopes: ['*'] },
    'demo-key',
  );
  const client = operator.with(apiKey);
  const list = async (name: ListName): Promise<string> =>
    (await client.post<Id>('/v1/lists', LISTS[name], `demo-list-${name}`)).id;
  const listIds = {
    saturday: await list('saturday'),
    oven: await list('oven'),
    evenings: await list('evenings'),
  };
  for (const field of FIELDS) await client.post('/v1/fields', field, `demo-field-${field.key}`);
  const { id: wordingId } = await client.post<Id>('/v1/wordings', WORDING, 'demo-wording');
  const form = { ...FORM, wordingId, listIds: Object.values(listIds) };
  const { id: formId } = await client.post<Id>('/v1/forms', form, 'demo-form');
  return { accountId, apiKey, listIds, wordingId, formId };
};
