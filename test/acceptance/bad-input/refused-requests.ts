import type { Sent } from '../support/client.ts';
import { VERSIONS } from '../support/publisher.ts';
import { CANARY, EMAIL, type Call, type Scene } from './scene.ts';

const MEBIBYTE = 1_048_576;

const json = { 'content-type': 'application/json' };
const person = (more: object): object => ({ email: EMAIL, ...more });
export const importing = (body: Sent, type = 'text/csv', mapping?: string): Call => {
  const asked = mapping ?? JSON.stringify({ columns: { Email: 'email' } });
  return {
    path: `/v1/imports?mapping=${encodeURIComponent(asked)}`,
    body,
    headers: { 'content-type': type },
  };
};
export const bytes = (...parts: (string | number[])[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part as string))));

type Case = readonly [
  name: string,
  call: (scene: Scene) => Call,
  status: number,
  code: string,
  /** Of the first of `errors`. */
  fault?: string,
];

/** Requests that cannot be carried out, by what is wrong with them. */
export const REQUESTS: readonly Case[] = [
  // Malformed JSON
  [
    'half a JSON object',
    () => ({ path: '/v1/recipients', body: `{"email":"${EMAIL}"`, headers: json }),
    400,
    'malformed-request',
  ],
  [
    'JSON with a second value',
    () => ({ path: '/v1/recipients', body: `{"email":"${EMAIL}"} {}`, headers: json }),
    400,
    'malformed-request',
  ],
  [
    'JSON that reaches for the prototype',
    () => ({ path: '/v1/recipients', body: `{"__proto__":{"email":"${EMAIL}"}}`, headers: json }),
    400,
    'malformed-request',
  ],
  [
    'half a surrogate pair',
    () => ({ path: '/v1/recipients', body: `{"email":"\\ud800${EMAIL}"}`, headers: json }),
    400,
    'malformed-request',
  ],
  [
    'JSON nested without end',
    () => ({ path: '/v1/recipients', body: '['.repeat(200_000), headers: json }),
    400,
    'malformed-request',
  ],
  ['no body at all', () => ({ path: '/v1/recipients' }), 400, 'invalid-request'],
  // Wrong types
  [
    'an array for an object',
    () => ({ path: '/v1/recipients', body: [EMAIL] }),
    400,
    'invalid-request',
  ],
  [
    'a text for an object',
    () => ({ path: '/v1/recipients', body: `"${EMAIL}"`, headers: json }),
    400,
    'invalid-request',
  ],
  [
    'null for an object',
    () => ({ path: '/v1/recipients', body: 'null', headers: json }),
    400,
    'invalid-request',
  ],
  [
    'a number for an address',
    () => ({ path: '/v1/recipients', body: { email: 7 } }),
    400,
    'invalid-request',
  ],
  [
    'an object for an address',
    () => ({ path: '/v1/recipients', body: { email: { at: EMAIL } } }),
    400,
    'invalid-request',
  ],
  [
    'a text for a list of ids',
    () => ({ path: '/v1/recipients', body: person({ listIds: 'all' }) }),
    400,
    'invalid-request',
  ],
  [
    'an array for the fields',
    () => ({ path: '/v1/recipients', body: person({ fields: [CANARY] }) }),
    400,
    'invalid-request',
  ],
  [
    'a date that no calendar has',
    () => ({
      path: '/v1/recipients',
      body: person({ consent: { kind: 'express', date: '2025-02-30' } }),
    }),
    400,
    'invalid-request',
  ],
  [
    'a number in a page’s limit',
    () => ({ method: 'GET', path: '/v1/recipients?limit=many' }),
    400,
    'invalid-request',
  ],
  [
    'an instant that is none',
    ({ ids }) => ({ method: 'GET', path: `/v1/recipients/${ids.recipient}/state?at=yesterday` }),
    400,
    'invalid-request',
  ],
  // Unknown fields
  [
    'an unknown field',
    () => ({ path: '/v1/recipients', body: person({ [CANARY]: 1 }) }),
    400,
    'invalid-request',
  ],
  [
    'an unknown field inside',
    () => ({
      path: '/v1/recipients',
      body: person({ consent: { kind: 'express', date: '2025-02-03', [CANARY]: 1 } }),
    }),
    400,
    'invalid-request',
  ],
  [
    'a field in a body that has none',
    ({ ids }) => ({ path: `/v1/campaigns/${ids.campaign}/start`, body: { at: 1 } }),
    400,
    'invalid-request',
  ],
  [
    'an unknown parameter',
    () => ({ method: 'GET', path: `/v1/recipients?sort=${CANARY}` }),
    400,
    'invalid-request',
  ],
  [
    'a custom field that nobody defined',
    () => ({ path: '/v1/recipients', body: person({ fields: { shoeSize: CANARY } }) }),
    400,
    'invalid-request',
    'unknown-field',
  ],
  // Oversized bodies
  [
    'a body beyond 1 MiB',
    () => ({
      path: '/v1/recipients',
      body: `{"email":"${EMAIL}"${' '.repeat(MEBIBYTE)}}`,
      headers: json,
    }),
    413,
    'body-too-large',
  ],
  // Wrong content types
  [
    'JSON sent as text',
    () => ({
      path: '/v1/recipients',
      body: `{"email":"${EMAIL}"}`,
      headers: { 'content-type': 'text/plain' },
    }),
    415,
    'unsupported-media-type',
  ],
  [
    'a form where JSON is asked for',
    () => ({ path: '/v1/recipients', body: new URLSearchParams({ email: EMAIL }) }),
    415,
    'unsupported-media-type',
  ],
  [
    'a file as JSON',
    () => importing(`{"email":"${EMAIL}"}`, 'application/json'),
    415,
    'unsupported-media-type',
  ],
  [
    'a file in another character set',
    () => importing(`Email\n${EMAIL}`, 'text/csv; charset=iso-8859-1'),
    415,
    'unsupported-media-type',
  ],
  // Ids
  [
    'a list that does not exist',
    ({ unknown }) => ({ method: 'GET', path: `/v1/lists/${unknown.list}` }),
    404,
    'not-found',
  ],
  [
    'another account’s list',
    ({ foreign }) => ({ method: 'GET', path: `/v1/lists/${foreign.list}` }),
    404,
    'not-found',
  ],
  [
    'a list id that is none',
    () => ({ method: 'GET', path: `/v1/lists/${CANARY}` }),
    404,
    'not-found',
  ],
  [
    'the id of another kind',
    ({ ids }) => ({ method: 'GET', path: `/v1/lists/${ids.form}` }),
    404,
    'not-found',
  ],
  [
    'a person who does not exist',
    ({ unknown }) => ({
      path: `/v1/recipients/${unknown.recipient}/erase`,
      body: { reason: CANARY },
    }),
    404,
    'not-found',
  ],
  [
    'another account’s person',
    ({ foreign }) => ({
      path: `/v1/recipients/${foreign.recipient}/erase`,
      body: { reason: CANARY },
    }),
    404,
    'not-found',
  ],
  [
    'an address for the id of a person',
    () => ({ method: 'GET', path: `/v1/recipients/${encodeURIComponent(EMAIL)}` }),
    404,
    'not-found',
  ],
  [
    'another account’s list for a person',
    ({ foreign }) => ({ path: '/v1/recipients', body: person({ listIds: [foreign.list] }) }),
    422,
    'unknown-list',
  ],
  [
    'an unknown wording',
    ({ unknown }) => ({
      path: '/v1/recipients',
      body: person({
        consent: { kind: 'express', date: '2025-02-03', wordingId: unknown.wording },
      }),
    }),
    422,
    'unknown-wording',
  ],
  [
    'another account’s newsletter',
    ({ ids, foreign }) => ({
      path: '/v1/campaigns',
      body: { newsletterId: foreign.newsletter, audience: { listIds: [ids.list] } },
    }),
    422,
    'unknown-newsletter',
  ],
  [
    'another account’s campaign',
    ({ foreign }) => ({ path: `/v1/campaigns/${foreign.campaign}/start`, body: {} }),
    404,
    'not-found',
  ],
  [
    'an import that does not exist',
    () => ({ method: 'GET', path: '/v1/imports/imp_01jd8k3h5mf4qtc6r9v2x7z0ab' }),
    404,
    'not-found',
  ],
  [
    'a list of another account in a mapping',
    ({ foreign }) =>
      importing(
        `Email\n${EMAIL}`,
        'text/csv',
        JSON.stringify({ columns: { Email: 'email' }, listIds: [foreign.list] }),
      ),
    422,
    'unknown-list',
  ],
  [
    'a form that does not exist',
    ({ unknown }) => ({ path: `/f/${unknown.form}`, body: { email: EMAIL, consent: 'on' } }),
    404,
    'not-found',
  ],
  [
    'an address where nothing is',
    () => ({ method: 'GET', path: `/v1/${CANARY}` }),
    404,
    'unknown-route',
  ],
  [
    'a method that is not there',
    ({ ids }) => ({ method: 'DELETE', path: `/v1/lists/${ids.list}` }),
    405,
    'method-not-allowed',
  ],
  // Conditions
  [
    'a stale ETag',
    ({ ids }) => ({
      method: 'PATCH',
      path: `/v1/lists/${ids.list}`,
      body: { visible: true },
      headers: { 'if-match': '"0"' },
    }),
    412,
    'stale',
  ],
  [
    'a cursor of another kind',
    () => ({ method: 'GET', path: `/v1/recipients?cursor=abc` }),
    400,
    'invalid-cursor',
  ],
  [
    'a position that we never gave',
    () => ({ method: 'GET', path: `/v1/recipients?after=abc` }),
    400,
    'invalid-position',
  ],
  [
    'an idempotency key without end',
    () => ({
      path: '/v1/recipients',
      body: person({}),
      headers: { 'idempotency-key': 'k'.repeat(5_000) },
    }),
    400,
    'invalid-idempotency-key',
  ],
  // Keys
  [
    'a key that is none',
    () => ({ method: 'GET', path: '/v1/account', key: CANARY }),
    401,
    'unauthorized',
  ],
  [
    'a key with another last letter',
    ({ ours }) => ({
      method: 'GET',
      path: '/v1/account',
      key: ours.key.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    }),
    401,
    'unauthorized',
  ],
  [
    'a key with another secret',
    ({ ours, theirs }) => ({
      method: 'GET',
      path: '/v1/account',
      key: `${ours.key.slice(0, 31)}${theirs.key.slice(31)}`,
    }),
    401,
    'unauthorized',
  ],
  // Files that are not what they say
  [
    'a picture as a table',
    () => importing(bytes([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], EMAIL)),
    415,
    'not-a-text-file',
  ],
  ['a workbook as a table', () => importing(bytes('PK', [3, 4], EMAIL)), 415, 'not-a-text-file'],
  ['an empty file', () => importing(''), 400, 'malformed-request'],
  [
    'a mapping that is not JSON',
    () => importing(`Email\n${EMAIL}`, 'text/csv', `{${CANARY}`),
    400,
    'invalid-request',
  ],
  [
    'a mapping without an address',
    () => importing(`Email\n${EMAIL}`, 'text/csv', '{"columns":{}}'),
    400,
    'invalid-request',
  ],
  [
    'a mapping with an unknown key',
    () => importing(`Email\n${EMAIL}`, 'text/csv', `{"columns":{"Email":"email"},"${CANARY}":1}`),
    400,
    'invalid-request',
  ],
  [
    'a preset that nobody knows',
    () => importing(`Email\n${EMAIL}`, 'text/csv', '{"preset":"carrier-pigeon"}'),
    400,
    'unknown-preset',
  ],
  // Invalid UTF-8
  [
    'JSON in Latin-1',
    () => ({
      path: '/v1/recipients',
      body: bytes(`{"email":"${EMAIL}","fields":{"firstName":"Ren`, [0xe9], '"}}'),
      headers: json,
    }),
    400,
    'malformed-request',
  ],
  [
    'a form in Latin-1',
    ({ ids }) => ({
      path: `/f/${ids.form}`,
      body: bytes('email=Ren', [0xe9], `${EMAIL}&consent=on`),
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    }),
    400,
    'malformed-request',
  ],
  [
    'a form that hides Latin-1 in escapes',
    ({ ids }) => ({
      path: `/f/${ids.form}`,
      body: `email=Ren%E9${EMAIL}&consent=on`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    }),
    400,
    'malformed-request',
  ],
  [
    'an address of a page that is not UTF-8',
    () => ({ method: 'GET', path: '/v1/lists/%E9%FF' }),
    400,
    'malformed-request',
  ],
  // What must never be kept (COL-5)
  [
    'a payment card in a value',
    () => ({
      path: '/v1/recipients',
      body: person({ fields: { firstName: '4111 1111 1111 1111' } }),
    }),
    400,
    'invalid-request',
    'sensitive-value',
  ],
  [
    'a national id in a value',
    () => ({ path: '/v1/recipients', body: person({ fields: { firstName: 'NAS 046 454 286' } }) }),
    400,
    'invalid-request',
    'sensitive-value',
  ],
  // Content that could not be sent
  [
    'a newsletter without a way out',
    ({ ids }) => ({
      method: 'PUT',
      path: `/v1/newsletters/${ids.newsletter}/versions/en`,
      body: { ...VERSIONS.en, mjml: '<mjml><mj-body></mj-body></mjml>' },
    }),
    422,
    'invalid-template',
  ],
  [
    'a template that does not end',
    ({ ids }) => ({
      method: 'PUT',
      path: `/v1/newsletters/${ids.newsletter}/versions/en`,
      body: { ...VERSIONS.en, subject: '{% if x %}' },
    }),
    422,
    'invalid-template',
  ],
];
