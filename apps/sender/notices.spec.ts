import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { simpleParser } from 'mailparser';
import {
  WordingId,
  type FormId,
  type Language,
  type ListId,
  type RecipientId,
} from '#domain/kernel/index';
import { newId } from '#libs/ledger/index';
import { openLink } from '#libs/public-links/index';
import { SENDER } from './testing/seed.ts';
import { fakeMailer, senderWorld, type SenderWorld } from './testing/sender-world.ts';

const en = 'en' as Language;
const anna = 'anna@example.org';

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

const statusOf = async (formId: FormId, id: RecipientId, revision: number): Promise<string> =>
  (await world.delivery(`${formId}.${id}.${String(revision)}`)).status;

const textOf = (html: string | false | undefined): string =>
  html === false || html === undefined
    ? ''
    : html
        .replace(/<style[\s\S]*?<\/style>/g, '')
        .replace(/<[^>]+>/g, ' ')
        .replace(/\s+/g, ' ');

describe('a form with double opt-in', () => {
  it('asks for confirmation, and welcomes once confirmed (COL-2, C-18)', async () => {
    const { seed, engines } = world;
    const formId = await seed.form([listId], 'double', { enabled: true });
    const mailer = fakeMailer();
    await world.start(mailer);
    const id = await seed.submit(
      formId,
      { address: anna, listIds: [listId], language: en },
      'double',
    );
    await world.until('the confirmation leaves', () => mailer.sent.length === 1);

    const confirmation = await simpleParser(mailer.sent[0]!.source);
    expect(confirmation.subject).toBe(`Confirm your subscription: ${SENDER.name}`);
    expect(confirmation.headers.get('auto-submitted')).toBe('auto-generated');
    expect(confirmation.headers.has('list')).toBe(false);
    expect(confirmation.text).toContain('List A');
    const token = /\/confirm\/([\w-]+)/.exec(confirmation.text ?? '')?.[1];
    const link = openLink(engines.keyring.tokenKey(), 'confirm', token!);
    expect(link).toMatchObject({ recipientId: id, about: formId });

    const requestedAt = link!.issued;
    await seed.recipient(id, { type: 'ConfirmSubscription', requestedAt }, { formId });
    await world.until('the welcome leaves', () => mailer.sent.length === 2);
    const welcome = await simpleParser(mailer.sent[1]!.source);
    expect(welcome.subject).toBe(`Welcome to ${SENDER.name}`);
    expect(welcome.text).toMatch(/Unsubscribe \(https:\/\/mail\.attesta\.example\/u\/[\w-]+\)/);
    expect(welcome.headerLines.map(({ key }) => key)).toContain('list-unsubscribe-post');
    expect(welcome.text).toContain('12, rue de l’Église');
  });

  it('does not send what a newer request has overtaken', async () => {
    const { seed } = world;
    const formId = await seed.form([listId], 'double', { enabled: true });
    const first = await seed.submit(formId, { address: anna, listIds: [listId] }, 'double');
    world.clock.offset = 60_000;
    await seed.submit(formId, { address: anna, listIds: [listId] }, 'double');
    const mailer = fakeMailer();
    await world.start(mailer);
    await world.until(
      'the first is skipped',
      async () => (await statusOf(formId, first, 0)) === 'skipped',
    );
    await world.until('the other leaves', () => mailer.sent.length === 1);
  });
});

describe('the preference page of somebody who left (C-27)', () => {
  it('asks for confirmation by a link about the wording, and welcomes nobody, whatever mail led there', async () => {
    const { seed, engines } = world;
    const formId = await seed.form([listId], 'double', { enabled: true });
    const [id] = await seed.people([{ address: anna, listIds: [listId], language: en }]);
    await seed.recipient(id!, { type: 'Unsubscribe' });
    const mailer = fakeMailer();
    await world.start(mailer);
    const wordingId = newId(WordingId);
    await seed.comeBack({ address: anna, listIds: [listId], language: en }, wordingId, { formId });
    await world.until('the confirmation leaves', () => mailer.sent.length === 1);
    const confirmation = await simpleParser(mailer.sent[0]!.source);
    expect(confirmation.subject).toBe(`Confirm your subscription: ${SENDER.name}`);
    expect(confirmation.text).toContain('List A');
    const token = /\/confirm\/([\w-]+)/.exec(confirmation.text ?? '')?.[1];
    const link = openLink(engines.keyring.tokenKey(), 'confirm', token!);
    expect(link).toMatchObject({ recipientId: id, about: wordingId });

    await seed.recipient(id!, { type: 'ConfirmSubscription', requestedAt: link!.issued }, {});
    const other = 'other@example.org';
    await seed.submit(formId, { address: other, listIds: [listId] }, 'double');
    await world.until('the next mail leaves', () => mailer.sent.length === 2);
    expect(mailer.sent.map(({ envelope }) => envelope.to)).toEqual([anna, other]);
  });
});

describe('a form with single opt-in', () => {
  it('welcomes in the person’s language, in the account’s own words (COL-2, COL-3)', async () => {
    const { seed } = world;
    const welcome = {
      enabled: true,
      subject: { fr: 'Merci, {{ fields.x }} !', en: 'Thanks' },
      text: { fr: 'Ligne <b>un</b>\nLigne deux' },
    };
    const formId = await seed.form([listId], 'single', welcome);
    const mailer = fakeMailer();
    await world.start(mailer);
    await seed.submit(formId, { address: anna, listIds: [listId] }, 'single');
    await world.until('the welcome leaves', () => mailer.sent.length === 1);
    const mail = await simpleParser(mailer.sent[0]!.source);
    expect(mail.subject).toBe('Merci, {{ fields.x }} !');
    expect(textOf(mail.html)).toContain('Ligne &lt;b&gt;un&lt;/b&gt; Ligne deux');
    expect(mail.text).toContain('Ligne <b>un</b>\nLigne deux');
    expect(mail.text).toContain('Liste A');
    expect(mail.html).toContain('prefers-color-scheme: dark');
    expect(mail.html).toMatch(/<html lang="fr"/);
  });

  it('sends none where it is switched off, or where the client subscribed the person', async () => {
    const { seed } = world;
    const off = await seed.form([listId], 'single', { enabled: false });
    const on = await seed.form([listId], 'single', { enabled: true });
    const mailer = fakeMailer();
    await world.start(mailer);
    await seed.submit(off, { address: 'off@example.org', listIds: [listId] }, 'single');
    await seed.people([{ address: 'client@example.org', listIds: [listId] }]);
    await seed.submit(on, { address: anna, listIds: [listId] }, 'single');
    await world.until('a welcome leaves', () => mailer.sent.length === 1);
    expect(mailer.sent.map(({ envelope }) => envelope.to)).toEqual([anna]);
  });

  it('welcomes nobody who has left in the meantime (M-15)', async () => {
    const { seed } = world;
    const formId = await seed.form([listId], 'single', { enabled: true });
    const id = await seed.submit(formId, { address: anna, listIds: [listId] }, 'single');
    await seed.recipient(id, { type: 'Unsubscribe' });
    const mailer = fakeMailer();
    await world.start(mailer);
    await world.until('it is skipped', async () => (await statusOf(formId, id, 0)) === 'skipped');
    expect(mailer.sent).toEqual([]);
  });
});
