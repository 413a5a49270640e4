import { openTenant, type Tenant } from './accounts.ts';
import type { RunningApi } from './running-api.ts';

/** One account with one of everything, and a word of its own in each of its texts. */
export type World = Tenant &
  Readonly<{
    canary: string;
    listId: string;
    wordingId: string;
    /** Of the request for consent that somebody agreed to on the form. */
    statementHash: string;
    formId: string;
    newsletterId: string;
    campaignId: string;
    importId: string;
    recipientId: string;
    suppressedId: string;
    keyId: string;
    position: string;
    cursors: Readonly<Record<string, string>>;
  }>;

export const MJML = (word: string): string =>
  `<mjml><mj-body><mj-section><mj-column><mj-text>${word} {{ recipient.email }} {{ sender.block }} <a href="{{ links.unsubscribe }}">Unsubscribe</a></mj-text></mj-column></mj-section></mj-body></mjml>`;

export const buildWorld = async (api: RunningApi, canary: string): Promise<World> => {
  const tenant = await openTenant(api, ['*'], canary);
  const { key } = tenant;
  const make = async (url: string, body: unknown, method: 'POST' | 'PUT' = 'POST') => {
    const answer = await api.call({ method, url, key, body });
    if (answer.status >= 300) throw new Error(`${url}: ${answer.text}`);
    return answer;
  };
  const listId = (await make('/v1/lists', { name: { en: canary } })).body.id;
  await make('/v1/lists', { name: { en: canary } });
  await make('/v1/fields', { key: 'firstName', type: 'text', label: { en: canary } });
  await make('/v1/fields', { key: canary, type: 'text', label: { en: canary } });
  const texts = { en: `${canary}: yes`, fr: `${canary} : oui` };
  const wordingId = (await make('/v1/wordings', { purpose: canary, texts })).body.id;
  await make('/v1/wordings', { purpose: canary, texts });
  const form = {
    name: canary,
    listIds: [listId],
    fields: ['firstName'],
    wordingId,
    optIn: 'double',
  };
  const formId = (await make('/v1/forms', form)).body.id;
  const { hash: statementHash } = (
    await api.call({ url: `/v1/forms/${formId}/statement?language=en`, key })
  ).body;
  await make(`/f/${formId}`, {
    email: `form@${canary}.example`,
    language: 'en',
    consent: true,
    statement: statementHash,
  });
  const newsletterId = (await make('/v1/newsletters', { name: canary })).body.id;
  const version = { subject: canary, mjml: MJML(canary) };
  await make(`/v1/newsletters/${newsletterId}/versions/en`, version, 'PUT');
  const audience = { listIds: [listId] };
  const campaignId = (await make('/v1/campaigns', { newsletterId, audience })).body.id;
  const upload = await api.call({
    method: 'POST',
    url: `/v1/imports?mapping=${encodeURIComponent('{"columns":{"Email":"email"}}')}`,
    key,
    headers: { 'content-type': 'text/csv' },
    body: `Email\nimported@${canary}.example\n`,
  });
  const importId = String(upload.body.id);
  const person = (name: string) => ({
    email: `${name}@${canary}.example`,
    fields: { firstName: canary },
    listIds: [listId],
    consent: { kind: 'express', date: '2026-01-15', method: canary, source: canary, wordingId },
  });
  const recipientId = (await make('/v1/recipients', person('first'))).body.id;
  const suppressedId = (await make('/v1/recipients', person('second'))).body.id;
  const reason = { scope: 'all', reason: canary };
  const last = await make(`/v1/recipients/${suppressedId}/unsubscribe`, reason);
  const position = String(last.headers['x-position']);
  const cursors: Record<string, string> = {};
  for (const url of ['/v1/lists', '/v1/wordings', '/v1/recipients', '/v1/fields']) {
    const page = await api.call({ url: `${url}?limit=1&after=${position}`, key });
    cursors[url] = String(page.body.next);
  }
  const { body: timeline } = await api.call({
    url: `/v1/recipients/${recipientId}/timeline?limit=1&after=${position}`,
    key,
  });
  cursors['timeline'] = String(timeline.next);
  return {
    ...tenant,
    canary,
    listId,
    wordingId,
    statementHash,
    formId,
    newsletterId,
    campaignId,
    importId,
    recipientId,
    suppressedId,
    keyId: `key_${key.split('_')[1] ?? ''}`,
    position,
    cursors,
  };
};
