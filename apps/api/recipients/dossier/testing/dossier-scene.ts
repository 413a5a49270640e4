import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { deliveryStream, type DeliveryCommand } from '#domain/delivery/index';
import {
  CampaignId,
  instantOf,
  type Instant,
  type Language,
  type RecipientId,
} from '#domain/kernel/index';
import { handle } from '#libs/commands/index';
import { newId } from '#libs/ledger/index';
import { publicWorld, type PublicWorld } from '../../../public/testing/public-world.ts';
import { runApi, type Answered, type RunningApi } from '../../../testing/running-api.ts';

type Scene = Readonly<{ api: RunningApi; world: PublicWorld }>;

export const now = (): Instant => instantOf(Date.now());

/** The claim of a message, as the sender makes it. */
export const claim = (more: object = {}): DeliveryCommand => ({
  type: 'AttemptDelivery',
  messageId: '<1@atelier.example>',
  language: 'fr' as Language,
  basis: 'express',
  claimant: 'sender-1',
  now: now(),
  ...more,
});

/** People with a history, and their dossiers, in one account. */
export class DossierScene {
  #scene: Scene | undefined;

  async set(): Promise<void> {
    const api = await runApi();
    this.#scene = { api, world: await publicWorld(api) };
  }

  get api(): RunningApi {
    return this.#set().api;
  }

  get world(): PublicWorld {
    return this.#set().world;
  }

  get(url: string, headers: Record<string, string> = {}, key = this.world.key): Promise<Answered> {
    return this.api.call({ url, key, headers });
  }

  async dossierOf(id: string): Promise<Answered['body']> {
    const answer = await this.get(`/v1/recipients/${id}/dossier`);
    expect([answer.status, answer.body.code]).toEqual([200, undefined]);
    return answer.body;
  }

  async pageOf(id: string, language: 'fr' | 'en'): Promise<string> {
    const answer = await this.get(`/v1/recipients/${id}/dossier?format=html&language=${language}`);
    expect(answer.status).toBe(200);
    return answer.text;
  }

  async currentHash(language = 'fr'): Promise<string> {
    const { newsletterId } = this.world;
    return (await this.get(`/v1/newsletters/${newsletterId}/versions/${language}`)).body.hash;
  }

  /** One step of the delivery of the newsletter to the recipient. */
  async deliver(id: RecipientId, command: DeliveryCommand): Promise<void> {
    const done = await handle(this.api.engines.ledger, {
      definition: deliveryStream,
      key: `${this.world.newsletterId}.${id}`,
      command,
      context: {
        accountId: this.world.accountId,
        actor: { kind: 'system', id: 'sender' },
        channel: 'rule',
        commandId: randomUUID(),
        correlationId: 'test',
        now: command.now,
      },
    });
    if (!done.ok) throw new Error(done.error.code);
  }

  /** Planned, claimed and accepted by the receiving server. */
  async send(id: RecipientId, more: object = {}): Promise<void> {
    await this.world.sendTo(id, [this.world.lists.news]);
    await this.deliver(id, claim(more));
    await this.deliver(id, { type: 'RecordAccepted', reply: '250 2.0.0 Ok', now: now() });
  }

  async skip(id: RecipientId, reason: 'consent-expired' | 'unsubscribed-all'): Promise<void> {
    const { accountId, newsletterId } = this.world;
    const campaignId = (await this.#campaignOf(id)) ?? newId(CampaignId);
    await this.deliver(id, {
      type: 'SkipDelivery',
      accountId,
      recipientId: id,
      content: { kind: 'newsletter', newsletterId, campaignId },
      reason,
      now: now(),
    });
  }

  /** Signs up on the form as a person does, box ticked. */
  async signUp(email: string, language = 'fr'): Promise<RecipientId> {
    const url = `/f/${this.world.forms.single}?lang=${language}`;
    const { text } = await this.world.open(url);
    const hidden = (name: string) =>
      new RegExp(`name="${name}"\\s+value="([^"]*)"`).exec(text)?.[1];
    const sent = await this.world.post(url, [
      ['email', email],
      ['language', hidden('language') ?? ''],
      ['wording', hidden('wording') ?? ''],
      ['statement', hidden('statement') ?? ''],
      ['consent', 'on'],
    ]);
    expect(sent.status).toBe(200);
    return this.world.recipientOf(email);
  }

  /** On news and events, by express consent on paper, and with a basis under privacy law. */
  async subscriber(email: string): Promise<RecipientId> {
    const { lists } = this.world;
    const id = await this.world.subscriber(email, [lists.news, lists.events]);
    await this.world.make('/v1/recipients', { email, privacyBasis: { kind: 'express' } });
    return id;
  }

  async #campaignOf(id: RecipientId): Promise<CampaignId | undefined> {
    const key = `${this.world.newsletterId}.${id}`;
    const [planned] = await this.api.engines.ledger.read(deliveryStream, key);
    return planned?.event.type === 'DeliveryPlanned' &&
      planned.event.data.content.kind === 'newsletter'
      ? planned.event.data.content.campaignId
      : undefined;
  }

  #set(): Scene {
    if (this.#scene === undefined) throw new Error('The scene was not set.');
    return this.#scene;
  }
}

/** One for all tests of the file that it is called in. */
export const useDossierScene = (): DossierScene => {
  const scene = new DossierScene();
  beforeAll(() => scene.set());
  afterAll(() => scene.api.close());
  return scene;
};
