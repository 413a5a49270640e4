import { OPERATOR_KEY, type RunningApi } from './running-api.ts';

export const accountBody = (name = 'Atelier du Nord') => ({
  name,
  timeZone: 'America/Toronto',
  languages: ['fr', 'en'],
  regimes: ['casl', 'law25'],
  organisationType: 'commercial',
  sender: {
    name,
    email: 'news@atelier.example',
    postalAddress: '1, rue Principale, Montréal QC H2X 1Y4',
    web: 'https://atelier.example',
  },
  privacyOfficer: { title: 'Responsable', email: 'privacy@atelier.example' },
});

export type Tenant = Readonly<{ accountId: string; key: string }>;

/** An account with a key for the scopes. */
export const openTenant = async (
  api: RunningApi,
  scopes: readonly string[] = ['*'],
  name?: string,
): Promise<Tenant> => {
  const account = await api.call({
    method: 'POST',
    url: '/v1/accounts',
    key: OPERATOR_KEY,
    body: accountBody(name),
  });
  if (account.status !== 201) throw new Error(`No account: ${account.text}`);
  const accountId = String(account.body.id);
  return { accountId, key: await issueKey(api, accountId, scopes) };
};

export const issueKey = async (
  api: RunningApi,
  accountId: string,
  scopes: readonly string[],
): Promise<string> => {
  const issued = await api.call({
    method: 'POST',
    url: `/v1/accounts/${accountId}/api-keys`,
    key: OPERATOR_KEY,
    body: { name: 'tests', scopes },
  });
  if (issued.status !== 201) throw new Error(`No key: ${issued.text}`);
  return String(issued.body.key);
};
