import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deliveryStream } from '#domain/delivery/index';
import { campaignStream } from '#domain/campaign/index';
import { CampaignId, instantOf, ListId, NewsletterId, RecipientId } from '#domain/kernel/index';
import { AccountId } from '#domain/kernel/index';
import { handle } from '#libs/commands/index';
import { runApi, type RunningApi } from '../testing/running-api.ts';
import { buildWorld, type World } from '../testing/world.ts';

let api: RunningApi;
let world: World;
beforeAll(async () => {
  api = await runApi();
  world = await buildWorld(api, 'hirondelle');
});
afterAll(() => api.close());

const call = (method: 'GET' | 'POST', url: string, body?: unknown) =>
  api.call({ method, url, key: world.key, ...(body !== undefined && { body }) });
const draft = (more = {}) =>
  call('POST', '/v1/campaigns', {
    newsletterId: world.newsletterId,
    audience: { listIds: [world.listId] },
    ...more,
  });

describe('campaigns (SND-2)', () => {
  it('are drafts, or planned with startAt', async () => {
    expect((await draft()).body).toMatchObject({
      status: 'draft',
      counts: { audience: 0, planned: 0, skipped: 0, sent: 0, pending: 0 },
      skippedBy: {},
    });
    const planned = await draft({ startAt: '2031-05-01T10:00:00+02:00' });
    expect(planned.body).toMatchObject({ status: 'planned', startAt: '2031-05-01T08:00:00.000Z' });
  });

  it('start, pause, resume and cancel, and say what is not possible (409)', async () => {
    const { id } = (await draft()).body;
    const move = async (how: string) => {
      const { status, body } = await call('POST', `/v1/campaigns/${id}/${how}`, {});
      return status === 200 ? body.status : body.code;
    };
    const moves = ['pause', 'start', 'start', 'pause', 'resume', 'cancel', 'start'];
    const outcomes: unknown[] = [];
    for (const how of moves) outcomes.push(await move(how));
    expect(outcomes).toEqual([
      'wrong-status',
      'running',
      'running',
      'paused',
      'running',
      'cancelled',
      'wrong-status',
    ]);
  });

  it('refuse a past start (422), no list, and a segment that does not exist yet (400)', async () => {
    expect((await draft({ startAt: '2001-01-01T00:00:00Z' })).body.code).toBe('start-in-the-past');
    expect((await draft({ audience: { listIds: [] } })).status).toBe(400);
    expect((await draft({ audience: { segmentId: 'seg_1' } })).status).toBe(400);
    expect((await draft({ startAt: 'soon' })).status).toBe(400);
    const move = await call('POST', `/v1/campaigns/${world.campaignId}/start`, { now: true });
    expect(move.status).toBe(400);
  });

  it('C-03: no key, of whatever scope, can ask to send in spite of a denial', async () => {
    for (const override of [{ override: true }, { force: true }, { class: 'transactional' }]) {
      expect((await draft(override)).status).toBe(400);
      const { id } = (await draft()).body;
      for (const move of ['start', 'resume']) {
        expect((await call('POST', `/v1/campaigns/${id}/${move}`, override)).status).toBe(400);
      }
    }
  });
});

/** Writes to the ledger as the sender would. */
const asSender = async () => {
  const campaignId = CampaignId.parse((await draft()).body.id);
  await call('POST', `/v1/campaigns/${campaignId}/start`, {});
  const accountId = AccountId.parse(world.accountId);
  const context = (commandId: string) => ({
    accountId,
    actor: { kind: 'system' as const, id: 'sender' },
    channel: 'rule' as const,
    commandId,
    correlationId: commandId,
    now: instantOf(Date.now()),
  });
  const deliver = async (recipientId: string, reason?: string) => {
    const content = {
      kind: 'newsletter' as const,
      newsletterId: NewsletterId.parse(world.newsletterId),
      campaignId,
    };
    const whose = {
      accountId,
      recipientId: RecipientId.parse(recipientId),
      content,
      now: instantOf(Date.now()),
    };
    const command =
      reason === undefined
        ? ({ type: 'PlanDelivery', ...whose, listIds: [ListId.parse(world.listId)] } as const)
        : ({ type: 'SkipDelivery', ...whose, reason } as const);
    const key = `${world.newsletterId}.${recipientId}`;
    await handle(api.engines.ledger, {
      definition: deliveryStream,
      key,
      command,
      context: context(crypto.randomUUID()),
    });
  };
  await deliver(world.recipientId);
  await deliver(world.suppressedId, 'unsubscribed-all');
  const finish = async () => {
    const commands = [
      { type: 'CompletePlanning', audience: 2, now: instantOf(Date.now()) },
      { type: 'CompleteCampaign', now: instantOf(Date.now()) },
    ] as const;
    for (const command of commands) {
      const commandContext = context(crypto.randomUUID());
      await handle(api.engines.ledger, {
        definition: campaignStream,
        key: campaignId,
        command,
        context: commandContext,
      });
    }
  };
  return { campaignId, finish };
};

describe('what became of a campaign (SND-7)', () => {
  it('is counted, and listed by recipient and reason', async () => {
    const { campaignId, finish } = await asSender();
    await finish();
    const { headers } = await call('GET', `/v1/campaigns/${campaignId}`);
    const after = headers['x-position'];
    const campaign = await call('GET', `/v1/campaigns/${campaignId}?after=${after}`);
    expect(campaign.body).toMatchObject({
      status: 'completed',
      counts: { audience: 2, planned: 1, skipped: 1, pending: 1, sent: 0 },
      skippedBy: { 'unsubscribed-all': 1 },
    });
    const url = `/v1/campaigns/${campaignId}/deliveries?after=${after}`;
    const first = await call('GET', `${url}&limit=1`);
    const second = await call('GET', `${url}&limit=1&cursor=${first.body.next}`);
    const both = [...first.body.items, ...second.body.items];
    expect(both.map(({ status }) => status).sort()).toEqual(['planned', 'skipped']);
    expect(second.body.next).toBeNull();
    const skipped = await call('GET', `${url}&status=skipped`);
    expect(skipped.body.items).toEqual([
      expect.objectContaining({ recipientId: world.suppressedId, reason: 'unsubscribed-all' }),
    ]);
    expect((await call('GET', `${url}&status=lost`)).status).toBe(400);
  });

  it('is told while it happens, and the stream ends with the campaign', async () => {
    const { campaignId, finish } = await asSender();
    const following = call('GET', `/v1/campaigns/${campaignId}/progress`);
    await finish();
    const { status, headers, text } = await following;
    expect([status, headers['content-type']]).toEqual([200, 'text/event-stream']);
    const events = text.split('\n\n').filter((event) => event.startsWith('event:'));
    expect(events.at(-1)).toBe('event: end\ndata: {}');
    expect(events.at(-2)).toContain('"status":"completed"');
  });
});
