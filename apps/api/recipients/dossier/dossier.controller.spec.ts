import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deliveryStream, type DeliveryCommand } from '#domain/delivery/index';
import { CampaignId, instantOf, type Language, type RecipientId } from '#domain/kernel/index';
import { handle } from '#libs/commands/index';
import { newId } from '#libs/ledger/index';
import { openTenant } from '../../testing/accounts.ts';
import { runApi, type Answered, type RunningApi } from '../../testing/running-api.ts';
import { NEWSLETTER, publicWorld, type PublicWorld } from '../../public/testing/public-world.ts';
import { today } from '../../testing/today.ts';

let api: RunningApi;
let world: PublicWorld;
beforeAll(async () => {
  api = await runApi();
  world = await publicWorld(api);
});
afterAll(() => api.close());

const get = (url: string, headers: Record<string, string> = {}, key = world.key) =>
  api.call({ url, key, headers });
const dossierOf = async (id: string): Promise<Answered['body']> => {
  const answer = await get(`/v1/recipients/${id}/dossier`);
  expect([answer.status, answer.body.code]).toEqual([200, undefined]);
  return answer.body;
};
const pageOf = async (id: string, language: 'fr' | 'en'): Promise<string> => {
  const answer = await get(`/v1/recipients/${id}/dossier?format=html&language=${language}`);
  expect(answer.status).toBe(200);
  return answer.text;
};

const deliver = async (id: RecipientId, command: DeliveryCommand): Promise<void> => {
  const done = await handle(api.engines.ledger, {
    definition: deliveryStream,
    key: `${world.newsletterId}.${id}`,
    command,
    context: {
      accountId: world.accountId,
      actor: { kind: 'system', id: 'sender' },
      channel: 'rule',
      commandId: randomUUID(),
      correlationId: 'test',
      now: command.now,
    },
  });
  if (!done.ok) throw new Error(done.error.code);
};
const now = () => instantOf(Date.now());
const claim = (more: object = {}): DeliveryCommand => ({
  type: 'AttemptDelivery',
  messageId: '<1@atelier.example>',
  language: 'fr' as Language,
  basis: 'express',
  claimant: 'sender-1',
  now: now(),
  ...more,
});
const currentHash = async (language = 'fr'): Promise<string> =>
  (await get(`/v1/newsletters/${world.newsletterId}/versions/${language}`)).body.hash;

/** Planned, claimed and accepted by the receiving server. */
const send = async (id: RecipientId, more: object = {}): Promise<void> => {
  await world.sendTo(id, [world.lists.news]);
  await deliver(id, claim(more));
  await deliver(id, { type: 'RecordAccepted', reply: '250 2.0.0 Ok', now: now() });
};
/** Signs up on the form as a person does, box ticked. */
const signUp = async (email: string, language = 'fr'): Promise<RecipientId> => {
  const url = `/f/${world.forms.single}?lang=${language}`;
  const { text } = await world.open(url);
  const hidden = (name: string) => new RegExp(`name="${name}"\\s+value="([^"]*)"`).exec(text)?.[1];
  const sent = await world.post(url, [
    ['email', email],
    ['language', hidden('language') ?? ''],
    ['wording', hidden('wording') ?? ''],
    ['statement', hidden('statement') ?? ''],
    ['consent', 'on'],
  ]);
  expect(sent.status).toBe(200);
  return world.recipientOf(email);
};
/** On news and events, by express consent on paper, and with a basis under privacy law. */
const subscriber = async (email: string): Promise<RecipientId> => {
  const id = await world.subscriber(email, [world.lists.news, world.lists.events]);
  await world.make('/v1/recipients', { email, privacyBasis: { kind: 'express' } });
  return id;
};

describe('C-29: the dossier of any sent message', () => {
  it('has basis, evidence, content hash and gate decision', async () => {
    const id = await subscriber('sent@example.org');
    const contentHash = await currentHash();
    await send(id, { contentHash });
    const { messages, consents, counts } = await dossierOf(id);
    expect(counts).toMatchObject({ messages: 1, sent: 1, skipped: 0, consents: 1 });
    const [message] = messages;
    expect(message).toMatchObject({
      kind: 'newsletter',
      status: 'sent',
      newsletter: { newsletterId: world.newsletterId, name: 'May' },
      lists: [{ listId: world.lists.news, name: { fr: 'Nouvelles', en: 'News' } }],
    });
    const [attempt] = message.attempts;
    expect(attempt).toMatchObject({
      attempt: 1,
      language: 'fr',
      messageId: '<1@atelier.example>',
      content: {
        hash: contentHash,
        source: 'recorded',
        subject: 'Bonjour {{ fields.firstName }}',
        setBy: expect.any(String),
      },
      outcome: { status: 'sent', reply: '250 2.0.0 Ok' },
      gate: { allow: true, basis: 'express', confirmed: true },
    });
    const [consent] = consents;
    const grounds = attempt.gate.reasons.find(
      ({ code }: { code: string }) => code === 'express-consent',
    );
    expect(grounds).toMatchObject({ section: expect.any(String), eventIds: [consent.eventId] });
    expect(consent).toMatchObject({
      kind: 'express',
      rule: 'row 1',
      section: 'CASL s. 10(1); SOR/2012-36 s. 4',
      date: '2026-01-15',
      timeZone: 'America/Toronto',
      method: 'paper',
      source: 'fair',
      evidence: { reference: 'card' },
      state: 'current',
      actor: { kind: 'api-client', name: 'tests' },
      channel: 'api',
    });
  });

  it('names events that the ledger holds, each with its place', async () => {
    const id = await subscriber('places@example.org');
    await send(id);
    const { messages, events } = await dossierOf(id);
    const own = await world.events(id);
    expect(events.map((each: { eventId: string }) => each.eventId)).toEqual(
      own.map((each) => each.id),
    );
    const delivered = await api.engines.ledger.read(deliveryStream, `${world.newsletterId}.${id}`);
    expect(messages[0].events).toEqual(
      delivered.map(({ id: eventId, stream, revision }) =>
        expect.objectContaining({ eventId, stream, revision }),
      ),
    );
  });

  it('gives the version in force then, where the sender did not record a hash yet', async () => {
    const id = await subscriber('derived@example.org');
    const before = await currentHash();
    await send(id);
    const version = { subject: 'Plus tard', html: NEWSLETTER('Plus tard') };
    await world.make(`/v1/newsletters/${world.newsletterId}/versions/fr`, version, 'PUT');
    expect(await currentHash()).not.toBe(before);
    const { messages } = await dossierOf(id);
    expect(messages[0].attempts[0].content).toMatchObject({ hash: before, source: 'derived' });
  });

  it('says so when the decision that was recorded is not the one that follows from the ledger', async () => {
    const id = await subscriber('odd@example.org');
    await send(id, { basis: 'purchase', lastDay: '2027-01-01' });
    const [message] = (await dossierOf(id)).messages;
    expect(message.attempts[0].gate).toMatchObject({ basis: 'purchase', confirmed: false });
  });

  it('tells every try, and what is not sent and why', async () => {
    const id = await subscriber('tries@example.org');
    await world.sendTo(id, [world.lists.news]);
    await deliver(id, claim());
    await deliver(id, {
      type: 'RecordDeferred',
      reply: '451 later',
      retryAt: now(),
      now: now(),
    });
    await deliver(id, {
      type: 'SkipDelivery',
      accountId: world.accountId,
      recipientId: id,
      content: {
        kind: 'newsletter',
        newsletterId: world.newsletterId,
        campaignId: (await campaignOf(id)) ?? newId(CampaignId),
      },
      reason: 'consent-expired',
      now: now(),
    });
    const { messages, counts } = await dossierOf(id);
    expect(counts).toMatchObject({ sent: 0, skipped: 1 });
    expect(messages[0]).toMatchObject({
      status: 'skipped',
      attempts: [{ outcome: { status: 'deferred', reply: '451 later' } }],
      skips: [{ reason: 'consent-expired', text: { fr: 'le consentement a expiré' } }],
    });
  });
});

const campaignOf = async (id: RecipientId): Promise<CampaignId | undefined> => {
  const [planned] = await api.engines.ledger.read(deliveryStream, `${world.newsletterId}.${id}`);
  return planned?.event.type === 'DeliveryPlanned' &&
    planned.event.data.content.kind === 'newsletter'
    ? planned.event.data.content.campaignId
    : undefined;
};

describe('C-29: what the person read, and consents over a long life', () => {
  it('C-18: has the statement word for word, with the bytes that its hash is of', async () => {
    const id = await signUp('read@example.org');
    const { consents } = await dossierOf(id);
    const { wording, form, actor, channel } = consents[0];
    expect(form).toEqual({ formId: world.forms.single, name: 'Home page' });
    expect([actor.kind, channel]).toEqual(['recipient', 'form']);
    expect(wording).toMatchObject({ wordingId: world.wordingId, version: 1, language: 'fr' });
    expect(wording.texts.fr).toBe('J’accepte de recevoir les <nouvelles> de l’Atelier.');
    expect(wording.statement.text).toContain('Atelier du Nord vous demande votre accord.');
    const hash = createHash('sha256').update(wording.statement.hashed, 'utf8').digest('hex');
    expect(hash).toBe(wording.statement.hash);
    const page = await pageOf(id, 'fr');
    expect(page).toContain('case cochée\u00a0; langue de la page\u00a0: fr');
    expect(page).not.toMatch(/ticked the box|web form/);
  });

  it('tells consents, renewals, refused claims, privacy basis and tracking apart', async () => {
    const id = await subscriber('long@example.org');
    const record = (body: object) => world.make(`/v1/recipients/${id}/consents`, body);
    const bought = { kind: 'implied', basis: 'purchase', method: 'till', source: 'shop' };
    const invoice = (reference: string) => ({ evidence: { reference } });
    await record({ ...bought, date: '2025-03-10', ...invoice('F-1') });
    await record({ ...bought, date: '2026-03-10', ...invoice('F-2') });
    await world.make(`/v1/recipients/${id}/consents/withdraw`, {});
    await world.make(
      `/v1/recipients/${id}/tracking`,
      { mode: 'individual', date: '2026-02-01', method: 'paper', wordingId: world.wordingId },
      'PUT',
    );
    const dossier = await dossierOf(id);
    expect(
      dossier.consents.map((each: Record<string, unknown>) => [
        each['kind'],
        each['date'],
        each['lastDay'],
        each['state'],
        (each['evidence'] as Record<string, unknown>)['reference'],
      ]),
    ).toEqual([
      ['express', '2026-01-15', undefined, 'withdrawn', 'card'],
      ['implied', '2025-03-10', '2027-03-10', 'superseded', 'F-1'],
      ['implied', '2026-03-10', '2028-03-10', 'withdrawn', 'F-2'],
    ]);
    const types = new Set(dossier.events.map((each: { type: string }) => each.type));
    expect(types).toContain('ConsentSuperseded');
    const ended = dossier.events.find(({ type }: { type: string }) => type === 'ConsentWithdrawn');
    expect(dossier.consents[0].endedBy).toBe(ended.eventId);
    expect(dossier.privacyBases).toMatchObject([{ data: { kind: 'express' } }]);
    expect(dossier.tracking).toMatchObject([{ data: { mode: 'individual' } }]);
    expect(dossier.permission).toMatchObject({ allow: false });
  });
});

describe('C-29: requests to be left alone and the resulting actions', () => {
  it('names what was asked, what ended, which messages were stopped, and what lifted it', async () => {
    const id = await subscriber('leaves@example.org');
    await world.sendTo(id, [world.lists.news]);
    await world.post(`/u/${world.token('unsubscribe', id)}`, [['choice', 'all']]);
    await deliver(id, {
      type: 'SkipDelivery',
      accountId: world.accountId,
      recipientId: id,
      content: {
        kind: 'newsletter',
        newsletterId: world.newsletterId,
        campaignId: (await campaignOf(id)) ?? newId(CampaignId),
      },
      reason: 'unsubscribed-all',
      now: now(),
    });
    const before = await dossierOf(id);
    const [entry] = before.unsubscriptions;
    expect(entry).toMatchObject({
      kind: 'unsubscription',
      scope: 'all',
      actor: { kind: 'recipient' },
      actions: {
        statusBefore: 'active',
        statusAfter: 'unsubscribed',
        consentsEnded: [before.consents[0].eventId],
        pendingDropped: false,
      },
      stopped: [{ delivery: `${world.newsletterId}.${id}`, reason: 'unsubscribed-all' }],
    });
    expect(entry.processedAt).toBe(entry.recordedAt);
    expect(entry.actions.listsLeft.map(({ listId }: { listId: string }) => listId).sort()).toEqual(
      [world.lists.news, world.lists.events].sort(),
    );
    expect(entry).not.toHaveProperty('liftedBy');

    const { body: warning } = await get(`/v1/recipients/${id}/reactivate`);
    await world.make(`/v1/recipients/${id}/reactivate`, {
      acknowledgedWarningId: warning.warningId,
      reason: 'asked by telephone',
      consent: {
        kind: 'express',
        date: today(),
        method: 'telephone',
        source: 'desk',
        evidence: { reference: 'call 7' },
      },
    });
    const after = await dossierOf(id);
    const lifting = after.events.find(
      ({ eventId }: { eventId: string }) => eventId === after.unsubscriptions[0].liftedBy,
    );
    expect(lifting.type).toBe('RecipientReactivated');
  });

  it('tells an unsubscription from one list from one from everything', async () => {
    const id = await subscriber('partly@example.org');
    await world.make(`/v1/recipients/${id}/unsubscribe`, {
      scope: { listIds: [world.lists.events] },
      reason: 'too many',
    });
    const { unsubscriptions, lists } = await dossierOf(id);
    expect(unsubscriptions).toMatchObject([
      {
        scope: 'lists',
        data: { reason: 'too many' },
        lists: [{ listId: world.lists.events, name: { fr: 'Rencontres' } }],
        actions: { listsLeft: [{ listId: world.lists.events }], statusAfter: 'active' },
      },
    ]);
    expect(lists).toContainEqual(
      expect.objectContaining({ listId: world.lists.events, status: 'unsubscribed' }),
    );
  });
});

describe('C-29, PRV-2: the dossier of somebody who was erased', () => {
  it('keeps the skeleton and has nothing personal, as JSON and as a page', async () => {
    const email = 'canary.erased@example.org';
    const id = await subscriber(email);
    const contentHash = await currentHash();
    await send(id, { contentHash });
    await world.make(`/v1/recipients/${id}/unsubscribe`, { scope: 'all', reason: 'canary-words' });
    await world.make(`/v1/recipients/${id}/erase`, { reason: 'canary-words' });
    const answer = await get(`/v1/recipients/${id}/dossier`);
    const texts = [answer.text, await pageOf(id, 'fr'), await pageOf(id, 'en')];
    for (const text of texts) {
      for (const word of ['canary', 'Éloïse', 'paper', 'card']) expect(text).not.toContain(word);
    }
    const dossier = answer.body;
    expect(dossier.recipient).toMatchObject({ status: 'erased', email: '•' });
    expect(dossier.erasures).toMatchObject([
      { type: 'RecipientErased', masked: expect.any(Array) },
    ]);
    expect(dossier.consents).toMatchObject([
      { kind: 'express', date: '2026-01-15', masked: expect.any(Array), state: 'withdrawn' },
    ]);
    expect(dossier.messages[0].attempts[0]).toMatchObject({
      content: { hash: contentHash },
      gate: { basis: 'express', confirmed: true },
    });
    expect(dossier.unsubscriptions).toHaveLength(1);
    expect(dossier.permission).toMatchObject({ allow: false });
  });
});

describe('C-29: asking for a dossier', () => {
  it('is complete up to the moment of asking, and says which that is', async () => {
    const id = await subscriber('moment@example.org');
    for (const language of ['en', 'fr', 'en']) {
      await world.make(`/v1/recipients/${id}/language`, { language }, 'PUT');
      const answer = await get(`/v1/recipients/${id}/dossier`);
      expect(answer.body.events.at(-1)).toMatchObject({ data: { language } });
      expect(answer.headers['x-position']).toEqual(expect.any(String));
      expect(answer.body.position).toEqual(expect.any(String));
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  it('is a page without script that stands alone, in French and English', async () => {
    const id = await signUp('page@example.org', 'en');
    await send(id);
    for (const [language, title] of [
      ['fr', 'Dossier de consentement'],
      ['en', 'Consent dossier'],
    ] as const) {
      const url = `/v1/recipients/${id}/dossier?language=${language}`;
      const { status, text, headers } = await get(url, { accept: 'text/html' });
      expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      expect(text).toContain(`<html lang="${language}">`);
      expect(text).toContain(`<h1>${title}</h1>`);
      expect(text).not.toMatch(/<script|<link|src=|https?:\/\/(?!atelier|news\.example)/);
      expect(text).toContain('&lt;news&gt; of the Atelier');
      const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? '';
      const hash = createHash('sha256').update(style).digest('base64');
      expect(headers['content-security-policy']).toContain(`style-src 'sha256-${hash}'`);
    }
  });

  it('answers in the language that the reader asks for, else the account’s', async () => {
    const id = await subscriber('languages@example.org');
    const url = `/v1/recipients/${id}/dossier?format=html`;
    const languageOf = async (headers: Record<string, string>) =>
      /<html lang="(..)">/.exec((await get(url, headers)).text)?.[1];
    expect(await languageOf({ 'accept-language': 'en-CA,fr;q=0.5' })).toBe('en');
    expect(await languageOf({ 'accept-language': 'de' })).toBe('fr');
    expect(await languageOf({})).toBe('fr');
  });

  it('refuses what is not asked well, in a sentence', async () => {
    const id = await subscriber('asked@example.org');
    const url = `/v1/recipients/${id}/dossier`;
    for (const query of ['?format=pdf', '?language=de', '?at=now']) {
      const { status, body } = await get(`${url}${query}`);
      expect([status, body.code]).toEqual([400, 'invalid-request']);
    }
    const none = await get(url, { accept: 'image/png' });
    expect([none.status, none.body.code]).toEqual([406, 'not-acceptable']);
  });

  it('knows nobody of another account, nor an id that is none, in the same words', async () => {
    const id = await subscriber('foreign@example.org');
    const other = await openTenant(api);
    const unknown = 'rcp_01jd0000000000000000000001';
    const answers = await Promise.all([
      get(`/v1/recipients/${id}/dossier`, {}, other.key),
      get(`/v1/recipients/${unknown}/dossier`),
      get('/v1/recipients/nobody/dossier'),
    ]);
    for (const { status, text } of answers) {
      expect(status).toBe(404);
      expect(text).toBe(answers[0].text);
    }
  });
});
