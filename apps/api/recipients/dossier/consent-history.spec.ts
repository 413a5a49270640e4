import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { today } from '../../testing/today.ts';
import { useDossierScene } from './testing/dossier-scene.ts';

const scene = useDossierScene();

describe('C-29: what the person read, and consents over a long life', () => {
  it('C-18: has the statement word for word, with the bytes that its hash is of', async () => {
    const id = await scene.signUp('read@example.org');
    const { consents } = await scene.dossierOf(id);
    const { wording, form, actor, channel } = consents[0];
    expect(form).toEqual({ formId: scene.world.forms.single, name: 'Home page' });
    expect([actor.kind, channel]).toEqual(['recipient', 'form']);
    expect(wording).toMatchObject({ wordingId: scene.world.wordingId, version: 1, language: 'fr' });
    expect(wording.texts.fr).toBe('J’accepte de recevoir les <nouvelles> de l’Atelier.');
    expect(wording.statement.text).toContain('Atelier du Nord vous demande votre accord.');
    const hash = createHash('sha256').update(wording.statement.hashed, 'utf8').digest('hex');
    expect(hash).toBe(wording.statement.hash);
    const page = await scene.pageOf(id, 'fr');
    expect(page).toContain('case cochée\u00a0; langue de la page\u00a0: fr');
    expect(page).not.toMatch(/ticked the box|web form/);
  });

  it('tells consents, renewals, refused claims, privacy basis and tracking apart', async () => {
    const id = await scene.subscriber('long@example.org');
    const record = (body: object) => scene.world.make(`/v1/recipients/${id}/consents`, body);
    const bought = { kind: 'implied', basis: 'purchase', method: 'till', source: 'shop' };
    const invoice = (reference: string) => ({ evidence: { reference } });
    await record({ ...bought, date: '2025-03-10', ...invoice('F-1') });
    await record({ ...bought, date: '2026-03-10', ...invoice('F-2') });
    await scene.world.make(`/v1/recipients/${id}/consents/withdraw`, {});
    await scene.world.make(
      `/v1/recipients/${id}/tracking`,
      { mode: 'individual', date: '2026-02-01', method: 'paper', wordingId: scene.world.wordingId },
      'PUT',
    );
    const dossier = await scene.dossierOf(id);
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
    const id = await scene.subscriber('leaves@example.org');
    await scene.world.sendTo(id, [scene.world.lists.news]);
    await scene.world.post(`/u/${scene.world.token('unsubscribe', id)}`, [['choice', 'all']]);
    await scene.skip(id, 'unsubscribed-all');
    const before = await scene.dossierOf(id);
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
      stopped: [{ delivery: `${scene.world.newsletterId}.${id}`, reason: 'unsubscribed-all' }],
    });
    expect(entry.processedAt).toBe(entry.recordedAt);
    expect(entry.actions.listsLeft.map(({ listId }: { listId: string }) => listId).sort()).toEqual(
      [scene.world.lists.news, scene.world.lists.events].sort(),
    );
    expect(entry).not.toHaveProperty('liftedBy');

    const { body: warning } = await scene.get(`/v1/recipients/${id}/reactivate`);
    await scene.world.make(`/v1/recipients/${id}/reactivate`, {
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
    const after = await scene.dossierOf(id);
    const lifting = after.events.find(
      ({ eventId }: { eventId: string }) => eventId === after.unsubscriptions[0].liftedBy,
    );
    expect(lifting.type).toBe('RecipientReactivated');
  });

  it('tells an unsubscription from one list from one from everything', async () => {
    const id = await scene.subscriber('partly@example.org');
    await scene.world.make(`/v1/recipients/${id}/unsubscribe`, {
      scope: { listIds: [scene.world.lists.events] },
      reason: 'too many',
    });
    const { unsubscriptions, lists } = await scene.dossierOf(id);
    expect(unsubscriptions).toMatchObject([
      {
        scope: 'lists',
        data: { reason: 'too many' },
        lists: [{ listId: scene.world.lists.events, name: { fr: 'Rencontres' } }],
        actions: { listsLeft: [{ listId: scene.world.lists.events }], statusAfter: 'active' },
      },
    ]);
    expect(lists).toContainEqual(
      expect.objectContaining({ listId: scene.world.lists.events, status: 'unsubscribed' }),
    );
  });
});

describe('C-29, PRV-2: the dossier of somebody who was erased', () => {
  it('keeps the skeleton and has nothing personal, as JSON and as a page', async () => {
    const email = 'canary.erased@example.org';
    const id = await scene.subscriber(email);
    const contentHash = await scene.currentHash();
    await scene.send(id, { contentHash });
    await scene.world.make(`/v1/recipients/${id}/unsubscribe`, {
      scope: 'all',
      reason: 'canary-words',
    });
    await scene.world.make(`/v1/recipients/${id}/erase`, { reason: 'canary-words' });
    const answer = await scene.get(`/v1/recipients/${id}/dossier`);
    const texts = [answer.text, await scene.pageOf(id, 'fr'), await scene.pageOf(id, 'en')];
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
