import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deliveryStream } from '#domain/delivery/index';
import {
  CampaignId,
  civilDateIn,
  instantOf,
  plusDays,
  plusMonths,
  type RecipientId,
} from '#domain/kernel/index';
import { recipientStream } from '#domain/recipient/index';
import { handle, StateCache } from '#libs/commands/index';
import { newId } from '#libs/ledger/index';
import type { Ledger } from '#libs/ledger/port';
import { mailRenderer } from '#libs/rendering/index';
import { ContentCompiler } from '../messages/content-compiler.ts';
import { MaterialsReader } from '../messages/materials.ts';
import { MessageMaker } from '../messages/message-maker.ts';
import { compileNotices } from '../messages/notice-draft.ts';
import { deliveryKeyOf, senderWorld, type SenderWorld } from '../testing/sender-world.ts';
import { deliverBatch, type BatchParts } from './deliver-batch.ts';
import { DeliveryJournal } from './journal.ts';
import { NewsletterRequests } from './newsletter-requests.ts';
import { OutcomeRecorder } from './outcome-recorder.ts';

const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined };

let world: SenderWorld;
beforeEach(async () => {
  world = await senderWorld();
  await world.seed.account();
});
afterEach(async () => {
  await world.dispose();
});

/** A sender's own parts, without its loops, on a ledger that a test may get between. */
const partsOn = async (ledger: Ledger): Promise<BatchParts> => {
  const clock = Date.now;
  const compiler = new ContentCompiler(mailRenderer(), QUIET);
  const states = new StateCache(ledger);
  const journal = new DeliveryJournal(ledger, new AbortController().signal);
  return {
    ledger,
    journal,
    recorder: new OutcomeRecorder(journal, { clock, log: QUIET }),
    materials: new MaterialsReader(states, compiler),
    maker: new MessageMaker(
      { publicUrl: 'https://mail.attesta.example' },
      world.engines.keyring.tokenKey(),
      await compileNotices(compiler),
    ),
    requests: new NewsletterRequests({ ledger, states, log: QUIET }),
    claimant: 'test',
    clock,
    log: QUIET,
  };
};

/** Somebody whose purchase lets us write for thirty days more. */
const customer = async (): Promise<RecipientId> => {
  const today = civilDateIn('America/Toronto', instantOf(Date.now()));
  const listIds = [await world.seed.list('A')];
  const [id] = await world.seed.people([{ address: 'anna@example.org', listIds, consent: false }]);
  if (id === undefined) throw new Error('Nobody.');
  const date = plusMonths(today, -6);
  const expiresOn = plusDays(today, 30);
  const grant = { kind: 'implied', basis: 'purchase', date, expiresOn } as const;
  await world.seed.recipient(id, { type: 'RecordConsent', grant });
  return id;
};

const planned = async (recipientId: RecipientId): Promise<string> => {
  const { seed, engines } = world;
  const newsletterId = await seed.newsletter();
  const key = deliveryKeyOf(newsletterId, recipientId);
  const content = { kind: 'newsletter', newsletterId, campaignId: newId(CampaignId) } as const;
  const now = instantOf(Date.now());
  const { accountId } = seed;
  await handle(engines.ledger, {
    definition: deliveryStream,
    key,
    command: { type: 'PlanDelivery', accountId, recipientId, content, listIds: [], now },
    context: seed.context(),
  });
  return key;
};

const typesOf = async (id: RecipientId): Promise<readonly string[]> =>
  (await world.engines.ledger.read(recipientStream, id)).map(({ event }) => event.type);

describe('CON-4: a claim and the request that its message carries', () => {
  it('are one write', async () => {
    const id = await customer();
    const key = await planned(id);
    const writes: number[] = [];
    const { ledger } = world.engines;
    const counting: Ledger = {
      ...bound(ledger),
      appendMany: async (appends) => {
        writes.push(appends.length);
        return ledger.appendMany(appends);
      },
    };
    const { claimed } = await deliverBatch(await partsOn(counting), [{ key }]);
    expect(claimed).toHaveLength(1);
    expect(writes).toEqual([2]);
    expect(await typesOf(id)).toContain('ConsentRequested');
  });

  it('leave no message that asks without a record: it has another turn', async () => {
    const id = await customer();
    const key = await planned(id);
    const { ledger } = world.engines;
    let hasComeBetween = false;
    const interfering: Ledger = {
      ...bound(ledger),
      appendMany: async (appends) => {
        if (!hasComeBetween) {
          hasComeBetween = true;
          await world.seed.recipient(id, { type: 'RefuseConsent' });
        }
        return ledger.appendMany(appends);
      },
    };
    const parts = await partsOn(interfering);
    const first = await deliverBatch(parts, [{ key }]);
    expect(first.claimed).toEqual([]);
    expect(await world.delivery(key)).toMatchObject({ status: 'deferred', attempts: 1 });

    const second = await deliverBatch(parts, [{ key }]);
    expect(second.claimed).toHaveLength(1);
    expect(second.claimed[0]?.message.source.toString()).not.toContain('/consent/');
    expect(await typesOf(id)).not.toContain('ConsentRequested');
  });

  it('are followed by one more decision when the message had to wait', async () => {
    const id = await customer();
    const key = await planned(id);
    const parts = await partsOn(world.engines.ledger);
    const { claimed } = await deliverBatch(parts, [{ key }]);
    const now = instantOf(Date.now());
    expect(await claimed[0]?.mayStillSend(now)).toBe(true);
    await world.seed.recipient(id, { type: 'RefuseConsent' });
    expect(await claimed[0]?.mayStillSend(now)).toBe(false);
  });
});

/** The ledger's own ways, to be replaced one by one. */
const bound = (ledger: Ledger): Ledger => ({
  read: ledger.read.bind(ledger),
  readMany: ledger.readMany.bind(ledger),
  append: ledger.append.bind(ledger),
  appendMany: ledger.appendMany.bind(ledger),
  readAll: ledger.readAll.bind(ledger),
  head: ledger.head.bind(ledger),
  waitForAppend: ledger.waitForAppend.bind(ledger),
});
