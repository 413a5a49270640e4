import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { accountStream, type AccountTerms } from '#domain/account/index';
import {
  dayInWords,
  civilDateIn,
  clear,
  instantOf,
  millisecondsOf,
  plusDays,
  plusMonths,
  startOfDay,
  type CivilDate,
  type Language,
  type ListId,
  type NewsletterId,
  type RecipientId,
} from '#domain/kernel/index';
import type { NewsletterBody } from '#domain/newsletter/index';
import { recipientStream } from '#domain/recipient/index';
import { standardRequestId } from '#domain/wording/index';
import { handle } from '#libs/commands/index';
import type { OutgoingMessage } from '#libs/mailer/port';
import { openLink } from '#libs/public-links/index';
import {
  deliveryKeyOf,
  fakeMailer,
  senderWorld,
  type FakeMailer,
  type SenderWorld,
} from './testing/sender-world.ts';

const ZONE = 'America/Toronto';
const HOUR = 3_600_000;
const ASKS = /Souhaitez-vous encore recevoir nos messages|Would you still like to hear from us/;

let world: SenderWorld;
let listId: ListId;
let mailer: FakeMailer;
beforeEach(async () => {
  world = await senderWorld();
  await world.seed.account();
  await asking({ daysBefore: [], blockFromDays: 90 });
  listId = await world.seed.list('A');
  mailer = fakeMailer();
  travel(0);
});
afterEach(async () => {
  await world.dispose();
});

/** How the account asks. No mails of their own, unless a test wants them: they would take a turn. */
const asking = async (
  consentRequests: NonNullable<AccountTerms['consentRequests']>,
): Promise<void> => {
  const done = await handle(world.engines.ledger, {
    definition: accountStream,
    key: world.seed.accountId,
    command: { type: 'ChangeAccount', terms: { consentRequests }, contacts: clear({}) },
    context: world.seed.context(),
  });
  expect(done.ok).toBe(true);
};

const today = (): CivilDate => civilDateIn(ZONE, instantOf(Date.now() + world.clock.offset));

/** Moves the clock to noon where the account is, some days from now. */
const travel = (days: number): void => {
  const noon = millisecondsOf(startOfDay(ZONE, plusDays(today(), days))) + 12 * HOUR;
  world.clock.offset += noon - (Date.now() + world.clock.offset);
};

/** A purchase that lets us write for so many days more. */
const bought = async (
  name: string,
  daysLeft: number,
  language = 'fr' as Language,
): Promise<RecipientId> => {
  const address = `${name}@example.org`;
  const [id] = await world.seed.people([
    { address, listIds: [listId], consent: false, firstName: name, language },
  ]);
  if (id === undefined) throw new Error('Nobody.');
  const expiresOn = plusDays(today(), daysLeft);
  const date = plusMonths(today(), -6);
  const grant = { kind: 'implied', basis: 'purchase', date, expiresOn } as const;
  await world.seed.recipient(id, { type: 'RecordConsent', grant });
  return id;
};

const send = async (body?: NewsletterBody): Promise<NewsletterId> => {
  const newsletterId = await world.seed.newsletter(body);
  const campaignId = await world.seed.startedCampaign(newsletterId, [listId]);
  await world.until(
    'the campaign completes',
    async () => (await world.campaign(campaignId)).status === 'completed',
  );
  return newsletterId;
};

const requestsOf = async (id: RecipientId) =>
  (await world.engines.ledger.read(recipientStream, id)).filter(
    ({ event }) => event.type === 'ConsentRequested',
  );
const addressees = (sent: readonly OutgoingMessage[]): readonly string[] =>
  sent.map(({ envelope }) => envelope.to.replace('@example.org', '')).sort();
/** Who of those written to since was asked, in both parts of the message. */
const askedIn = async (sent: readonly OutgoingMessage[]): Promise<readonly string[]> => {
  const asked: OutgoingMessage[] = [];
  for (const message of sent) {
    const { html, text = '' } = await simpleParser(message.source);
    expect(ASKS.test(text)).toBe(ASKS.test(String(html)));
    if (ASKS.test(text)) asked.push(message);
  }
  return addressees(asked);
};

describe('C-16: the request inside a newsletter', () => {
  it('is there from L−90 to L, and never for express consent, an imported one included', async () => {
    await bought('l91', 91);
    await bought('l90', 90);
    await bought('l0', 0);
    const over = await bought('over', -1);
    const express = await bought('express', 30);
    await world.seed.recipient(express, {
      type: 'RecordConsent',
      grant: { kind: 'express', date: plusDays(today(), -900) },
    });
    const refused = await bought('refused', 30);
    await world.seed.recipient(refused, { type: 'RefuseConsent' });
    await world.start(mailer);
    await send();
    expect(addressees(mailer.sent)).toEqual(['express', 'l0', 'l90', 'l91', 'refused']);
    expect(await askedIn(mailer.sent)).toEqual(['l0', 'l90']);
    for (const id of [over, express, refused]) expect(await requestsOf(id)).toEqual([]);
  });

  it('waits seven days after the last request, of a newsletter or a mail of its own', async () => {
    const id = await bought('anna', 80);
    await world.start(mailer);
    await send();
    travel(6);
    await send();
    travel(1);
    await send();
    const asked = await Promise.all(mailer.sent.map((message) => askedIn([message])));
    expect(asked).toEqual([['anna'], [], ['anna']]);
    await asking({ daysBefore: [79], blockFromDays: 90 });
    travel(7);
    await world.until('a mail asks', async () => (await requestsOf(id)).length === 3);
    await send();
    await world.until('it leaves', () => mailer.sent.length === 5);
    expect((await requestsOf(id)).map(({ event }) => event.data)).toMatchObject([
      { newsletterId: expect.any(String) },
      { newsletterId: expect.any(String) },
      { daysBefore: 79 },
    ]);
  });

  it('is switched off by 0 days', async () => {
    await asking({ daysBefore: [], blockFromDays: 0 });
    const id = await bought('anna', 10);
    await world.start(mailer);
    await send();
    expect(await askedIn(mailer.sent)).toEqual([]);
    expect(await requestsOf(id)).toEqual([]);
  });
});

describe('CON-4, CON-5: what is asked and what is recorded', () => {
  it('is on record with the newsletter, the message, the last day and the wording', async () => {
    const id = await bought('anna', 30);
    await world.start(mailer);
    const newsletterId = await send();
    const [request, ...others] = await requestsOf(id);
    expect(others).toEqual([]);
    expect(request?.event.data).toMatchObject({
      lastDay: plusDays(today(), 30),
      newsletterId,
    });
    const { messageId } = await world.delivery(deliveryKeyOf(newsletterId, id));
    expect(mailer.sent[0]?.messageId).toBe(messageId);
    expect(request?.metadata).toMatchObject({
      actor: { kind: 'system' },
      channel: 'rule',
      evidence: { newsletterId, messageId },
      wording: {
        wordingId: standardRequestId(world.seed.accountId),
        version: 1,
        language: 'fr',
      },
    });
  });

  it('says why, until when and by which words, in the language of the version, and leads to the page', async () => {
    const anna = await bought('anna', 30);
    await bought('bert', 30, 'en' as Language);
    await world.start(mailer);
    const newsletterId = await send();
    const mails = new Map<string, string>();
    for (const { envelope, source } of mailer.sent) {
      mails.set(envelope.to, (await simpleParser(source)).text ?? '');
    }
    const [french, english] = [mails.get('anna@example.org'), mails.get('bert@example.org')];
    const lastDay = plusDays(today(), 30);
    expect(french).toContain('votre achat ou location, le');
    expect(french).toContain(`jusqu’au ${dayInWords(lastDay, 'fr')} inclus`);
    expect(french).toContain('Oui, j’accepte de continuer à recevoir des infolettres');
    expect(english).toContain('your purchase or lease, on');
    expect(english).toContain(`until ${dayInWords(lastDay, 'en')} inclusive`);
    expect(english).toContain('Yes, I agree to go on receiving newsletters');
    const token = /\/consent\/([\w-]+)/.exec(french ?? '')?.[1] ?? '';
    expect(openLink(world.engines.keyring.tokenKey(), 'consent', token)).toMatchObject({
      recipientId: anna,
      about: newsletterId,
    });
  });

  it('is not on record for a message whose template left it out', async () => {
    const html = `<html><body>{% if fields.firstName == "anna" %}{{ consent.block }}{% endif %}
      <p>{{ sender.block }}</p><p><a href="{{ links.unsubscribe }}">x</a></p></body></html>`;
    const anna = await bought('anna', 30);
    const bert = await bought('bert', 30);
    await world.start(mailer);
    await send({ kind: 'html', html });
    expect(await askedIn(mailer.sent)).toEqual(['anna']);
    expect(await requestsOf(anna)).toHaveLength(1);
    expect(await requestsOf(bert)).toEqual([]);
  });
});

describe('C-15: a newsletter that the relay deferred', () => {
  const deferringOnce = (): FakeMailer => {
    const tried = new Set<string>();
    return fakeMailer(({ envelope }) => {
      if (tried.has(envelope.to)) return { status: 'accepted', reply: '250' };
      tried.add(envelope.to);
      return { status: 'deferred', reply: '451 4.3.0' };
    });
  };
  const sendDeferred = async (id: RecipientId): Promise<string> => {
    const newsletterId = await world.seed.newsletter();
    await world.seed.startedCampaign(newsletterId, [listId]);
    const key = deliveryKeyOf(newsletterId, id);
    await world.until(
      'it is deferred',
      async () => (await world.delivery(key)).status === 'deferred',
    );
    return key;
  };
  const arrived = (key: string): Promise<void> =>
    world.until('it arrives', async () => (await world.delivery(key)).status === 'sent');

  it('carries its request again, which stays one request', async () => {
    mailer = deferringOnce();
    const id = await bought('anna', 30);
    await world.start(mailer);
    const key = await sendDeferred(id);
    world.clock.offset += HOUR;
    await arrived(key);
    expect(await askedIn(mailer.sent)).toEqual(['anna', 'anna']);
    expect(await requestsOf(id)).toHaveLength(1);
  });

  it('does not ask who has answered in the meantime', async () => {
    mailer = deferringOnce();
    const id = await bought('anna', 30);
    await world.start(mailer);
    const key = await sendDeferred(id);
    await world.seed.recipient(id, { type: 'RefuseConsent' });
    world.clock.offset += HOUR;
    await arrived(key);
    expect(await askedIn(mailer.sent.slice(1))).toEqual([]);
    expect(await requestsOf(id)).toHaveLength(1);
  });
});
