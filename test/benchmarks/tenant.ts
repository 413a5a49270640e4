import { OPERATOR_KEY } from './processes.ts';

const ACCOUNT = {
  name: 'Le Marché',
  timeZone: 'America/Toronto',
  languages: ['fr', 'en'],
  regimes: ['casl', 'law25'],
  organisationType: 'commercial',
  sender: {
    name: 'Le Marché',
    email: 'info@marche.example',
    postalAddress: '1, rue A, Québec QC G1A 0A0, Canada',
    web: 'https://marche.example',
  },
  privacyOfficer: { title: 'Responsable', email: 'vie-privee@marche.example' },
};

/** POSTs JSON and gives the answer back. Throws when it is not a success. */
export const post = async <T>(url: string, key: string, body: unknown): Promise<T> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`POST ${new URL(url).pathname}: ${response.status}`);
  return (await response.json()) as T;
};

export type Tenant = Readonly<{ accountId: string; key: string; listId: string }>;

/** An account with a key and a list, through the API. */
export const openTenant = async (url: string): Promise<Tenant> => {
  const { id } = await post<{ id: string }>(`${url}/v1/accounts`, OPERATOR_KEY, ACCOUNT);
  const { key } = await post<{ key: string }>(`${url}/v1/accounts/${id}/api-keys`, OPERATOR_KEY, {
    name: 'benchmark',
    scopes: ['*'],
  });
  const name = { fr: 'Nouvelles', en: 'News' };
  const { id: listId } = await post<{ id: string }>(`${url}/v1/lists`, key, { name });
  return { accountId: id, key, listId };
};

/** A subscription with express consent; `{n}` stands for a number. */
export const subscription = (listId: string) => ({
  email: 'person{n}@load.example',
  language: 'fr',
  listIds: [listId],
  consent: {
    kind: 'express',
    date: '2026-01-15',
    method: 'web form',
    source: 'shop',
    evidence: { reference: 'order {n}' },
  },
});

/** Waits until the read models have seen all that was recorded before: catching up shares the processors. */
export const untilProjected = async (url: string, key: string, listId: string): Promise<void> => {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ email: 'last@load.example', listIds: [listId] });
  const made = await fetch(`${url}/v1/recipients`, { method: 'POST', headers, body });
  const position = made.headers.get('x-position') ?? '';
  const asked = `${url}/v1/recipients?limit=1&after=${position}`;
  for (let status = 504; status === 504;) {
    const answer = await fetch(asked, { headers });
    await answer.text();
    ({ status } = answer);
    if (status !== 200 && status !== 504) throw new Error(`GET /v1/recipients: ${status}`);
  }
};
