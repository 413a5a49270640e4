import type { Scope } from '#domain/api-key/index';
import type { Call } from './running-api.ts';
import { MJML, type World } from './world.ts';

/** The ids that a request names; another account's or random ones in their place make the walk. */
export type Ids = Pick<
  World,
  | 'accountId'
  | 'keyId'
  | 'listId'
  | 'wordingId'
  | 'statementHash'
  | 'formId'
  | 'newsletterId'
  | 'campaignId'
  | 'importId'
  | 'recipientId'
  | 'suppressedId'
>;

export type Step = Readonly<{
  /** `public`: nothing to guard. */
  access: 'public' | 'operator' | readonly Scope[];
  /** Status when a caller who may asks with ids of their own. */
  status: number;
  /** `ids` are those under test; `own` the caller's, for what stands beside them. */
  call?: (ids: Ids, own: Ids) => Omit<Call, 'method' | 'key'>;
  /** The answer does not depend on ids. */
  withoutIds?: true;
  /** The stream does not end by itself, so nobody waits for it here. */
  endless?: true;
}>;

const read = ['recipients:read'] as const;
const write = ['recipients:write'] as const;
const content = ['content'] as const;
const campaigns = ['campaigns'] as const;
const consent = {
  kind: 'express',
  date: '2026-02-01',
  method: 'walk',
  source: 'walk',
  evidence: { reference: 'walk' },
};

const open = (status = 200): Step => ({ access: 'public', status, withoutIds: true });
const plain = (access: Step['access'], url: string): Step => ({
  access,
  status: 200,
  withoutIds: true,
  call: () => ({ url }),
});

/** How each route is tried. A route that is missing here fails the walk. */
export const WALK: Readonly<Record<string, Step>> = {
  'GET /health/live': open(),
  'GET /health/ready': open(),
  'GET /metrics': open(),
  'GET /openapi.json': open(),
  'GET /docs': open(),
  'GET /docs/style.css': open(),
  'GET /f/:formId': open(404),
  'POST /f/:formId': open(404),
  'GET /confirm/:token': open(404),
  'POST /confirm/:token': open(404),
  'GET /consent/:token': open(404),
  'POST /consent/:token': open(404),
  'GET /u/:token': open(404),
  'POST /u/:token': open(404),
  'GET /p/:token': open(404),
  'POST /p/:token': open(404),
  'GET /v/:token': open(404),
  'GET /v/:token/content': open(404),
  'POST /v/:token': open(404),
  'GET /mailbox': open(404),
  'GET /mailbox/:id': open(404),
  'GET /mailbox/:id/content': open(404),
  'GET /pages/style.css': open(),
  'GET /receipt-keys/:accountId': open(404),

  'POST /v1/accounts': {
    access: 'operator',
    status: 400,
    withoutIds: true,
    call: () => ({ url: '/v1/accounts', body: {} }),
  },
  'GET /v1/accounts': plain('operator', '/v1/accounts'),
  'GET /v1/accounts/:id': {
    access: 'operator',
    status: 200,
    call: ({ accountId }) => ({ url: `/v1/accounts/${accountId}` }),
  },
  'PATCH /v1/accounts/:id': {
    access: 'operator',
    status: 200,
    call: ({ accountId }) => ({ url: `/v1/accounts/${accountId}`, body: {} }),
  },
  'POST /v1/accounts/:id/api-keys': {
    access: 'operator',
    status: 201,
    call: ({ accountId }) => ({
      url: `/v1/accounts/${accountId}/api-keys`,
      body: { name: 'walk', scopes: ['content'] },
    }),
  },
  'GET /v1/accounts/:id/api-keys': {
    access: 'operator',
    status: 200,
    call: ({ accountId }) => ({ url: `/v1/accounts/${accountId}/api-keys` }),
  },
  'DELETE /v1/accounts/:id/api-keys/:keyId': {
    access: 'operator',
    status: 204,
    call: ({ accountId, keyId }) => ({ url: `/v1/accounts/${accountId}/api-keys/${keyId}` }),
  },

  'GET /v1/account': plain(['account'], '/v1/account'),
  'PATCH /v1/account': {
    access: ['account'],
    status: 200,
    withoutIds: true,
    call: () => ({ url: '/v1/account', body: {} }),
  },

  'POST /v1/lists': {
    access: content,
    status: 201,
    withoutIds: true,
    call: () => ({ url: '/v1/lists', body: { name: { en: 'walk' } } }),
  },
  'GET /v1/lists': plain(content, '/v1/lists'),
  'GET /v1/lists/:id': {
    access: content,
    status: 200,
    call: ({ listId }) => ({ url: `/v1/lists/${listId}` }),
  },
  'PATCH /v1/lists/:id': {
    access: content,
    status: 200,
    call: ({ listId }) => ({ url: `/v1/lists/${listId}`, body: { visible: true } }),
  },
  'POST /v1/fields': {
    access: content,
    status: 201,
    withoutIds: true,
    call: () => ({ url: '/v1/fields', body: { key: 'walk', type: 'text', label: { en: 'w' } } }),
  },
  'GET /v1/fields': plain(content, '/v1/fields'),
  'POST /v1/wordings': {
    access: content,
    status: 201,
    withoutIds: true,
    call: () => ({ url: '/v1/wordings', body: { purpose: 'walk', texts: { en: 'w' } } }),
  },
  'GET /v1/wordings': plain(content, '/v1/wordings'),
  'GET /v1/wordings/:id': {
    access: content,
    status: 200,
    call: ({ wordingId }) => ({ url: `/v1/wordings/${wordingId}` }),
  },
  'POST /v1/wordings/:id/versions': {
    access: content,
    status: 201,
    call: ({ wordingId }) => ({
      url: `/v1/wordings/${wordingId}/versions`,
      body: { texts: { en: 'walk', fr: 'marche' } },
    }),
  },
  'GET /v1/wordings/:id/versions/:version': {
    access: content,
    status: 200,
    call: ({ wordingId }) => ({ url: `/v1/wordings/${wordingId}/versions/1` }),
  },
  'GET /v1/wordings/:id/statements/:hash': {
    access: content,
    status: 200,
    call: ({ wordingId, statementHash }) => ({
      url: `/v1/wordings/${wordingId}/statements/${statementHash}`,
    }),
  },
  'POST /v1/forms': {
    access: content,
    status: 201,
    call: ({ listId, wordingId }) => ({
      url: '/v1/forms',
      body: { name: 'walk', listIds: [listId], wordingId, optIn: 'single' },
    }),
  },
  'GET /v1/forms': plain(content, '/v1/forms'),
  'GET /v1/forms/:id': {
    access: content,
    status: 200,
    call: ({ formId }) => ({ url: `/v1/forms/${formId}` }),
  },
  'GET /v1/forms/:id/statement': {
    access: content,
    status: 200,
    call: ({ formId }) => ({ url: `/v1/forms/${formId}/statement?language=en` }),
  },
  'PATCH /v1/forms/:id': {
    access: content,
    status: 200,
    call: ({ formId }) => ({ url: `/v1/forms/${formId}`, body: { optIn: 'single' } }),
  },

  'POST /v1/imports': {
    access: ['imports'],
    status: 202,
    call: ({ listId }) => ({
      url: `/v1/imports?mapping=${encodeURIComponent(
        JSON.stringify({ columns: { Email: 'email' }, listIds: [listId] }),
      )}`,
      headers: { 'content-type': 'text/csv' },
      body: 'Email\nwalk-import@example.org\n',
    }),
  },
  'GET /v1/imports': plain(['imports'], '/v1/imports'),
  'GET /v1/imports/:id': {
    access: ['imports'],
    status: 200,
    call: ({ importId }) => ({ url: `/v1/imports/${importId}` }),
  },
  'GET /v1/imports/:id/rows': {
    access: ['imports'],
    status: 200,
    call: ({ importId }) => ({ url: `/v1/imports/${importId}/rows` }),
  },
  'POST /v1/imports/:id/undo': {
    access: ['imports'],
    status: 409,
    call: ({ importId }) => ({ url: `/v1/imports/${importId}/undo`, body: {} }),
  },
  'GET /v1/imports/:id/undo': {
    access: ['imports'],
    status: 404,
    call: ({ importId }) => ({ url: `/v1/imports/${importId}/undo` }),
  },
  'GET /v1/imports/:id/undo/left': {
    access: ['imports'],
    status: 404,
    call: ({ importId }) => ({ url: `/v1/imports/${importId}/undo/left` }),
  },
  'GET /v1/imports/:id/progress': {
    access: ['imports'],
    status: 200,
    endless: true,
    call: ({ importId }) => ({ url: `/v1/imports/${importId}/progress` }),
  },

  'POST /v1/newsletters': {
    access: content,
    status: 201,
    withoutIds: true,
    call: () => ({ url: '/v1/newsletters', body: { name: 'walk' } }),
  },
  'GET /v1/newsletters': plain(content, '/v1/newsletters'),
  'GET /v1/newsletters/:id': {
    access: content,
    status: 200,
    call: ({ newsletterId }) => ({ url: `/v1/newsletters/${newsletterId}` }),
  },
  'PUT /v1/newsletters/:id/versions/:language': {
    access: content,
    status: 200,
    call: ({ newsletterId }) => ({
      url: `/v1/newsletters/${newsletterId}/versions/en`,
      body: { subject: 'walk', mjml: MJML('walk') },
    }),
  },
  'GET /v1/newsletters/:id/versions/:language': {
    access: content,
    status: 200,
    call: ({ newsletterId }) => ({ url: `/v1/newsletters/${newsletterId}/versions/en` }),
  },
  'POST /v1/newsletters/:id/preview': {
    access: ['content', 'recipients:read'],
    status: 200,
    call: ({ newsletterId, recipientId }) => ({
      url: `/v1/newsletters/${newsletterId}/preview`,
      body: { recipientId },
    }),
  },
  'POST /v1/newsletters/:id/test': {
    access: content,
    status: 200,
    call: ({ newsletterId }) => ({
      url: `/v1/newsletters/${newsletterId}/test`,
      body: { to: ['walk@example.org'] },
    }),
  },

  'POST /v1/campaigns': {
    access: campaigns,
    status: 201,
    call: ({ newsletterId, listId }) => ({
      url: '/v1/campaigns',
      body: { newsletterId, audience: { listIds: [listId] } },
    }),
  },
  'GET /v1/campaigns': plain(campaigns, '/v1/campaigns'),
  'GET /v1/campaigns/:id': {
    access: campaigns,
    status: 200,
    call: ({ campaignId }) => ({ url: `/v1/campaigns/${campaignId}` }),
  },
  'GET /v1/campaigns/:id/deliveries': {
    access: campaigns,
    status: 200,
    call: ({ campaignId }) => ({ url: `/v1/campaigns/${campaignId}/deliveries` }),
  },
  'GET /v1/campaigns/:id/progress': {
    access: campaigns,
    status: 200,
    endless: true,
    call: ({ campaignId }) => ({ url: `/v1/campaigns/${campaignId}/progress` }),
  },
  ...Object.fromEntries(
    ['start', 'pause', 'resume', 'cancel'].map((move): [string, Step] => [
      `POST /v1/campaigns/:id/${move}`,
      {
        access: campaigns,
        status: 200,
        call: ({ campaignId }) => ({ url: `/v1/campaigns/${campaignId}/${move}`, body: {} }),
      },
    ]),
  ),

  'POST /v1/recipients': {
    access: write,
    status: 201,
    call: ({ listId }) => ({
      url: '/v1/recipients',
      body: { email: 'walk@example.org', listIds: [listId] },
    }),
  },
  'POST /v1/recipients/batch': {
    access: write,
    status: 200,
    call: ({ listId }) => ({
      url: '/v1/recipients/batch',
      body: [{ email: 'walk-batch@example.org', listIds: [listId] }],
    }),
  },
  'GET /v1/recipients': {
    access: read,
    status: 200,
    withoutIds: true,
    call: ({ listId }) => ({ url: `/v1/recipients?list=${listId}` }),
  },
  'GET /v1/recipients/:id': {
    access: read,
    status: 200,
    call: ({ recipientId }) => ({ url: `/v1/recipients/${recipientId}` }),
  },
  'PATCH /v1/recipients/:id': {
    access: write,
    status: 200,
    call: ({ recipientId }) => ({
      url: `/v1/recipients/${recipientId}`,
      body: { jurisdiction: 'CA-QC' },
    }),
  },
  'PUT /v1/recipients/:id/language': {
    access: write,
    status: 200,
    call: ({ recipientId }) => ({
      url: `/v1/recipients/${recipientId}/language`,
      body: { language: 'fr' },
    }),
  },
  'PUT /v1/recipients/:id/tracking': {
    access: write,
    status: 200,
    call: ({ recipientId, wordingId }) => ({
      url: `/v1/recipients/${recipientId}/tracking`,
      body: { mode: 'individual', date: '2026-02-01', method: 'walk', wordingId },
    }),
  },
  'GET /v1/recipients/:id/consents': {
    access: read,
    status: 200,
    call: ({ recipientId }) => ({ url: `/v1/recipients/${recipientId}/consents` }),
  },
  'POST /v1/recipients/:id/consents': {
    access: write,
    status: 200,
    call: ({ recipientId, wordingId }) => ({
      url: `/v1/recipients/${recipientId}/consents`,
      body: { ...consent, wordingId },
    }),
  },
  'POST /v1/recipients/:id/consents/withdraw': {
    access: write,
    status: 200,
    call: ({ recipientId }) => ({
      url: `/v1/recipients/${recipientId}/consents/withdraw`,
      body: {},
    }),
  },
  'POST /v1/recipients/:id/lists': {
    access: write,
    status: 200,
    call: ({ recipientId, listId }) => ({
      url: `/v1/recipients/${recipientId}/lists`,
      body: { join: [listId], leave: [] },
    }),
  },
  'POST /v1/recipients/:id/unsubscribe': {
    access: write,
    status: 200,
    call: ({ recipientId, listId }) => ({
      url: `/v1/recipients/${recipientId}/unsubscribe`,
      body: { scope: { listIds: [listId] } },
    }),
  },
  'GET /v1/recipients/:id/reactivate': {
    access: write,
    status: 200,
    call: ({ suppressedId }) => ({ url: `/v1/recipients/${suppressedId}/reactivate` }),
  },
  'POST /v1/recipients/:id/reactivate': {
    access: write,
    status: 409,
    call: ({ suppressedId }) => ({
      url: `/v1/recipients/${suppressedId}/reactivate`,
      body: { acknowledgedWarningId: 'none', reason: 'walk', consent },
    }),
  },
  'GET /v1/recipients/:id/dossier': {
    access: read,
    status: 200,
    call: ({ recipientId }) => ({ url: `/v1/recipients/${recipientId}/dossier` }),
  },
  'GET /v1/recipients/:id/timeline': {
    access: read,
    status: 200,
    call: ({ recipientId }) => ({ url: `/v1/recipients/${recipientId}/timeline` }),
  },
  'GET /v1/recipients/:id/explain': {
    access: read,
    status: 200,
    call: ({ recipientId, listId }) => ({
      url: `/v1/recipients/${recipientId}/explain?listId=${listId}`,
    }),
  },
  'GET /v1/recipients/:id/receipt': {
    access: read,
    status: 200,
    call: ({ recipientId }) => ({ url: `/v1/recipients/${recipientId}/receipt` }),
  },
  'GET /v1/mailable': {
    access: read,
    status: 200,
    call: ({ listId }) => ({ url: `/v1/mailable?listId=${listId}` }),
  },
  'GET /v1/mailable/difference': {
    access: read,
    status: 200,
    call: ({ listId }) => ({
      url: `/v1/mailable/difference?from=2026-01-01T00:00:00Z&to=2031-01-01T00:00:00Z&listId=${listId}`,
    }),
  },
  'GET /v1/recipients/:id/state': {
    access: read,
    status: 200,
    call: ({ recipientId }) => ({ url: `/v1/recipients/${recipientId}/state` }),
  },
  'POST /v1/recipients/:id/erase': {
    access: ['erase'],
    status: 202,
    call: ({ recipientId }) => ({
      url: `/v1/recipients/${recipientId}/erase`,
      body: { reason: 'walk' },
    }),
  },

  'GET /v1/events': plain(['events:read'], '/v1/events'),
};
