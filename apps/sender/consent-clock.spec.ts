import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { simpleParser } from 'mailparser';
import {
  civilDateIn,
  clear,
  dayInWords,
  instantOf,
  millisecondsOf,
  plusDays,
  plusMonths,
  startOfDay,
  type CivilDate,
  type Language,
  type ListId,
  type RecipientId,
} from '#domain/kernel/index';
import { accountStream } from '#domain/account/index';
import { deliveryStream } from '#domain/delivery/index';
import { recipientStream, type RecipientEvent } from '#domain/recipient/index';
import { standardRequestId } from '#domain/wording/index';
import { handle } from '#libs/commands/index';
import { openLink } from '#libs/public-links/index';
import { fakeMailer, senderWorld, type SenderWorld } from './testing/sender-world.ts';

const ZONE = 'America/Toronto';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let world: SenderWorld;
let listId: ListId;
beforeEach(async () => {
  world = await senderWorld();
  await world.seed.account();
  listId = await world.seed.list('A');
});
afterEach(async () => {
  await world.dispose();
});

const today = (): CivilDate => civilDateIn(ZONE, instantOf(Date.now() + world.clock.offset));

/** Moves the clock to noon where the account is, some days from now. */
const travel = (days: number): void => {
  const noon = millisecondsOf(startOfDay(ZONE, plusDays(today(), days))) + 12 * HOUR;
  world.clock.offset += noon - (Date.now() + world.clock.offset);
};

/** A purchase that lets us write for so many days more. */
const bought = async (address: string, daysLeft: number, onList = true): Promise<RecipientId> => {
  const listIds = onList ? [listId] : [];
  const [id] = await world.seed.people([{ address, listIds, consent: false }]);
  if (id === undefined) throw new Error('Nobody.');
  const expiresOn = plusDays(today(), daysLeft);
  const date = plusMonths(today(), -6);
  const grant = { kind: 'implied', basis: 'purchase', date, expiresOn } as const;
  await world.seed.recipient(id, { type: 'RecordConsent', grant });
  return id;
};

const eventsOf = async (id: RecipientId, type: RecipientEvent['type']) => {
  const history = await world.engines.ledger.read(recipientStream, id);
  return history.filter(({ event }) => event.type === type);
};
const countOf = async (id: RecipientId, type: RecipientEvent['type']): Promise<number> =>
  (await eventsOf(id, type)).length;

/** Once this bystander is expired, everybody who was due before is as well. */
const settled = async (): Promise<void> => {
  const id = await bought(`bystander-${String(Math.random())}@example.org`, -1, false);
  await world.until('the bystander lapses', async () => (await countOf(id, 'ConsentExpired')) > 0);
};

describe('C-15: the end of an implied consent', () => {
  it('is recorded once when its day is over, by several copies', async () => {
    travel(0);
    const anna = await bought('anna@example.org', 1, false);
    const bert = await bought('bert@example.org', 400, false);
    await Promise.all([world.start(fakeMailer()), world.start(fakeMailer())]);
    await settled();
    expect(await countOf(anna, 'ConsentExpired')).toBe(0);
    travel(1);
    await settled();
    expect(await countOf(anna, 'ConsentExpired')).toBe(0);
    travel(1);
    await world.until('it lapses', async () => (await countOf(anna, 'ConsentExpired')) > 0);
    await settled();
    const [lapse, ...others] = await eventsOf(anna, 'ConsentExpired');
    expect(others).toEqual([]);
    expect(lapse?.event.data).toMatchObject({ lastDay: plusDays(today(), -1), basis: 'purchase' });
    expect(lapse?.metadata).toMatchObject({ actor: { kind: 'system' }, channel: 'rule' });
    expect(await countOf(bert, 'ConsentExpired')).toBe(0);
  });

  it('is made up for after a stop of weeks, once, over a restart', async () => {
    travel(0);
    const people = await Promise.all(
      Array.from({ length: 12 }, (_, n) => bought(`p${String(n)}@example.org`, n, false)),
    );
    travel(40);
    const lapsed = async (): Promise<number> =>
      (await Promise.all(people.map((id) => countOf(id, 'ConsentExpired')))).reduce(
        (a, b) => a + b,
      );
    const first = await world.start(fakeMailer());
    await world.until('they lapse', async () => (await lapsed()) >= people.length);
    await first.stop();
    await world.start(fakeMailer());
    await settled();
    expect(await lapsed()).toBe(people.length);
  });
});

describe('C-13: the zones that apply', () => {
  it('are those of today: an account that moves ahead has its consents lapse at once', async () => {
    travel(0);
    const anna = await bought('anna@example.org', 0, false);
    await world.start(fakeMailer());
    await settled();
    expect(await countOf(anna, 'ConsentExpired')).toBe(0);
    // Noon in Toronto is the next morning on Kiritimati.
    const done = await handle(world.engines.ledger, {
      definition: accountStream,
      key: world.seed.accountId,
      command: {
        type: 'ChangeAccount',
        terms: { timeZone: 'Pacific/Kiritimati' },
        contacts: clear({}),
      },
      context: world.seed.context(),
    });
    expect(done.ok).toBe(true);
    await world.until('it lapses', async () => (await countOf(anna, 'ConsentExpired')) === 1);
  });
});

describe('C-16: requests before the last day', () => {
  it('C-16: one goes out at L-60, none to imported express consent, and none after L', async () => {
    travel(0);
    const anna = await bought('anna@example.org', 60);
    const express = await bought('express@example.org', 60);
    await world.seed.recipient(express, {
      type: 'RecordConsent',
      grant: { kind: 'express', date: plusDays(today(), -900) },
    });
    const unlisted = await bought('unlisted@example.org', 60, false);
    const mailer = fakeMailer();
    await Promise.all([world.start(mailer), world.start(mailer)]);
    await world.until('the request leaves', () => mailer.sent.length > 0);
    await settled();
    expect(mailer.sent.map(({ envelope }) => envelope.to)).toEqual(['anna@example.org']);
    travel(62);
    await world.until('L passes', async () => (await countOf(anna, 'ConsentExpired')) > 0);
    await settled();
    expect(mailer.sent).toHaveLength(1);
    expect(await countOf(anna, 'ConsentRequested')).toBe(1);
    expect(await countOf(express, 'ConsentRequested')).toBe(0);
    expect(await countOf(unlisted, 'ConsentRequested')).toBe(0);
  });

  it('CON-4: says why, until when, and how to leave; its link answers for the wording', async () => {
    travel(0);
    const id = await bought('anna@example.org', 60);
    const mailer = fakeMailer();
    await world.start(mailer);
    await world.until('the request leaves', () => mailer.sent.length > 0);
    const [message] = mailer.sent;
    if (message === undefined) throw new Error('Nothing was sent.');
    const mail = await simpleParser(message.source);
    expect(mail.subject).toContain('Souhaitez-vous encore recevoir nos messages');
    expect(mail.text).toContain(`jusqu’au ${dayInWords(plusDays(today(), 60), 'fr')}`);
    expect(mail.text).toContain('achat');
    expect(mail.headerLines.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['list-unsubscribe', 'list-unsubscribe-post', 'list-id']),
    );
    const token = /\/consent\/([\w-]+)/.exec(mail.text ?? '')?.[1] ?? '';
    const wordingId = standardRequestId(world.seed.accountId);
    expect(openLink(world.engines.keyring.tokenKey(), 'consent', token)).toMatchObject({
      recipientId: id,
      about: wordingId,
    });
    const [request] = await eventsOf(id, 'ConsentRequested');
    expect(request?.metadata.wording).toMatchObject({ wordingId, version: 1 });
  });

  it('C-16: goes out in English too, at each of the three days, and once for days that were missed', async () => {
    travel(0);
    const [bert] = await world.seed.people([
      {
        address: 'bert@example.org',
        listIds: [listId],
        consent: false,
        language: 'en' as Language,
      },
    ]);
    if (bert === undefined) throw new Error('Nobody.');
    const anna = await bought('anna@example.org', 61);
    const expiresOn = plusDays(today(), 20);
    const date = plusMonths(today(), -6);
    const grant = { kind: 'implied', basis: 'purchase', date, expiresOn } as const;
    await world.seed.recipient(bert, { type: 'RecordConsent', grant });
    const mailer = fakeMailer();
    await world.start(mailer);
    const steps = async (id: RecipientId) =>
      (await eventsOf(id, 'ConsentRequested')).map(({ event }) =>
        event.type === 'ConsentRequested' ? event.data.daysBefore : undefined,
      );
    await world.until('the one nearest is sent', async () => (await steps(bert)).length > 0);
    await settled();
    expect([await steps(bert), await steps(anna)]).toEqual([[30], []]);
    await world.until('it leaves', () => mailer.sent.length === 1);
    const english = await simpleParser(mailer.sent[0]?.source ?? '');
    expect(english.subject).toContain('Would you still like to hear from us');
    for (const [days, expected] of [
      [1, [60]],
      [30, [60, 30]],
      [23, [60, 30, 7]],
    ] as const) {
      travel(days);
      await world.until(
        `request ${String(expected.length)} is on record`,
        async () => (await steps(anna)).length === expected.length,
      );
      expect(await steps(anna)).toEqual(expected);
    }
    await world.until('all have left', () => mailer.sent.length >= 4);
    await settled();
    // Bert's last seven days went by in between, and nobody writes to him any more.
    expect(await steps(bert)).toEqual([30]);
    expect(mailer.sent).toHaveLength(4);
  });

  it('C-15: a deferred request is dropped as consent-expired once L passed, not bounced', async () => {
    travel(0);
    const anna = await bought('anna@example.org', 0);
    const mailer = fakeMailer(() => ({ status: 'deferred', reply: '451 4.3.0' }));
    await world.start(mailer);
    await world.until('it was tried', () => mailer.sent.length === 1);
    const [request] = await eventsOf(anna, 'ConsentRequested');
    const wordingId = standardRequestId(world.seed.accountId);
    const key = `${wordingId}.${anna}.${String(request?.revision)}`;
    await world.until(
      'the deferral is recorded',
      async () => (await world.delivery(key)).status === 'deferred',
    );
    world.clock.offset += DAY;
    await world.until(
      'it is dropped',
      async () => (await world.delivery(key)).status === 'skipped',
    );
    expect(mailer.sent).toHaveLength(1);
    const history = await world.engines.ledger.read(deliveryStream, key);
    expect(history.at(-1)?.event.data).toMatchObject({ reason: 'consent-expired' });
  });
});
