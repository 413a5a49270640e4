import { describe, expect, it } from '@jest/globals';
import { deliveryStream } from '#domain/delivery/index';
import { NEWSLETTER } from '../../public/testing/public-world.ts';
import { claim, now, useDossierScene } from './testing/dossier-scene.ts';

const scene = useDossierScene();

describe('C-29: the dossier of any sent message', () => {
  it('has basis, evidence, content hash and gate decision', async () => {
    const id = await scene.subscriber('sent@example.org');
    const contentHash = await scene.currentHash();
    await scene.send(id, { contentHash });
    const { messages, consents, counts } = await scene.dossierOf(id);
    expect(counts).toMatchObject({ messages: 1, sent: 1, skipped: 0, consents: 1 });
    const [message] = messages;
    expect(message).toMatchObject({
      kind: 'newsletter',
      status: 'sent',
      newsletter: { newsletterId: scene.world.newsletterId, name: 'May' },
      lists: [{ listId: scene.world.lists.news, name: { fr: 'Nouvelles', en: 'News' } }],
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
    const id = await scene.subscriber('places@example.org');
    await scene.send(id);
    const { messages, events } = await scene.dossierOf(id);
    const own = await scene.world.events(id);
    expect(events.map((each: { eventId: string }) => each.eventId)).toEqual(
      own.map((each) => each.id),
    );
    const delivered = await scene.api.engines.ledger.read(
      deliveryStream,
      `${scene.world.newsletterId}.${id}`,
    );
    expect(messages[0].events).toEqual(
      delivered.map(({ id: eventId, stream, revision }) =>
        expect.objectContaining({ eventId, stream, revision }),
      ),
    );
  });

  it('gives the version in force then, where the sender did not record a hash yet', async () => {
    const id = await scene.subscriber('derived@example.org');
    const before = await scene.currentHash();
    await scene.send(id);
    const version = { subject: 'Plus tard', html: NEWSLETTER('Plus tard') };
    await scene.world.make(
      `/v1/newsletters/${scene.world.newsletterId}/versions/fr`,
      version,
      'PUT',
    );
    expect(await scene.currentHash()).not.toBe(before);
    const { messages } = await scene.dossierOf(id);
    expect(messages[0].attempts[0].content).toMatchObject({ hash: before, source: 'derived' });
  });

  it('says so when the decision that was recorded is not the one that follows from the ledger', async () => {
    const id = await scene.subscriber('odd@example.org');
    await scene.send(id, { basis: 'purchase', lastDay: '2027-01-01' });
    const [message] = (await scene.dossierOf(id)).messages;
    expect(message.attempts[0].gate).toMatchObject({ basis: 'purchase', confirmed: false });
  });

  it('tells every try, and what is not sent and why', async () => {
    const id = await scene.subscriber('tries@example.org');
    await scene.world.sendTo(id, [scene.world.lists.news]);
    await scene.deliver(id, claim());
    await scene.deliver(id, {
      type: 'RecordDeferred',
      reply: '451 later',
      retryAt: now(),
      now: now(),
    });
    await scene.skip(id, 'consent-expired');
    const { messages, counts } = await scene.dossierOf(id);
    expect(counts).toMatchObject({ sent: 0, skipped: 1 });
    expect(messages[0]).toMatchObject({
      status: 'skipped',
      attempts: [{ outcome: { status: 'deferred', reply: '451 later' } }],
      skips: [{ reason: 'consent-expired', text: { fr: 'le consentement a expiré' } }],
    });
  });
});
