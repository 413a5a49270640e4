import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  clear,
  instantOf,
  millisecondsOf,
  WordingId,
  type Instant,
  type RecipientId,
} from '#domain/kernel/index';
import { mailboxMailer } from '#libs/mailer/index';
import { runApi } from '#apps/api/testing/running-api';
import { publicWorld } from '#apps/api/public/testing/public-world';

/** Keeps mail readable without a keyring: what encrypts is tested elsewhere. */
const plainSeal = {
  seal: async (_subject: unknown, plain: Uint8Array) => plain,
  open: async (sealed: readonly Readonly<{ bytes: Uint8Array }>[]) =>
    sealed.map(({ bytes }) => bytes),
};

const MAIL = [
  'From: "Atelier du Nord" <news@atelier.example>',
  'To: reader@example.org',
  'Subject: News of May',
  'List-Unsubscribe: <https://news.example.org/u/x>',
  'MIME-Version: 1.0',
  'Content-Type: multipart/alternative; boundary="b"',
  '',
  '--b',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Hello, here is the news of May.',
  '--b',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<html lang="en"><head><title>News</title></head><body><h1>News of May</h1><p>Hello.</p><script>top.document.title = "script ran"</script></body></html>',
  '--b--',
  '',
].join('\r\n');

export type PublicSite = Awaited<ReturnType<typeof openPublicSite>>;

/** The API on a port of its own, with an account, people in all states, and mail in the mailbox. */
export const openPublicSite = async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'attesta-browser-'));
  const mailbox = mailboxMailer({ directory, seal: plainSeal });
  const api = await runApi({ mailbox });
  await api.app.listen(0, '127.0.0.1');
  const origin = (await api.app.getUrl()).replace('[::1]', '127.0.0.1');
  const world = await publicWorld(api);
  const { lists, accountId } = world;
  const wordingId = WordingId.parse(world.wordingId);
  await mailbox.send({
    messageId: 'one@atelier.example',
    envelope: { from: 'news@atelier.example', to: 'reader@example.org' },
    source: Buffer.from(MAIL),
    subject: { accountId, subject: accountId },
  });
  const [mail] = await mailbox.list({ limit: 1 });

  /** On news and events; got the newsletter by way of news. */
  const reader = async (email: string): Promise<RecipientId> => {
    const id = await world.subscriber(email, [lists.news, lists.events]);
    await world.sendTo(id, [lists.news]);
    return id;
  };
  /** Path of a confirmation link that waits. */
  const waiting = async (email: string): Promise<string> => {
    await world.post(`/f/${world.forms.double}`, [
      ['email', email],
      ['language', 'fr'],
      ['consent', 'on'],
    ]);
    const id = await world.recipientOf(email);
    const requested = (await world.recipient(id)).pending?.requestedAt;
    if (requested === undefined) throw new Error('Nothing waits for confirmation.');
    return `/confirm/${world.token('confirm', id, world.forms.double, millisecondsOf(requested))}`;
  };
  /** Path of a request for consent to a customer, whose consent is implied. */
  const asked = async (email: string): Promise<string> => {
    await world.make('/v1/recipients', {
      email,
      language: 'fr',
      listIds: [lists.news],
      privacyBasis: { kind: 'informed-at-collection' },
      consent: {
        kind: 'implied',
        basis: 'purchase',
        date: '2026-01-15',
        evidence: { reference: 'INV-7' },
      },
    });
    return `/consent/${world.token('consent', await world.recipientOf(email), wordingId)}`;
  };
  /** The same after a refusal. */
  const refused = async (email: string): Promise<string> => {
    const path = await asked(email);
    await world.post(path, [['answer', 'refuse']]);
    return path;
  };
  const left = await reader('left@example.org');
  await world.post(`/u/${world.token('unsubscribe', left)}`, [['choice', 'all']]);
  /** Path of the preferences of somebody who left everything. */
  const departed = async (email: string): Promise<string> => {
    const id = await reader(email);
    await world.post(`/u/${world.token('unsubscribe', id)}`, [['choice', 'all']]);
    return `/p/${world.token('preferences', id)}`;
  };
  const suspended = await reader('suspended@example.org');
  await world.command(suspended, {
    type: 'RestrictProcessing',
    now: instantOf(Date.now()),
    today: '2026-11-24' as never,
    timeZone: 'America/Toronto',
    reason: clear('asked'),
  });
  const visitor = await reader('visitor@example.org');
  return {
    ...world,
    origin,
    reader,
    waiting,
    asked,
    departed,
    /** Path of the link that confirms a request of this instant, whatever asked for it. */
    confirmation: (id: RecipientId, requestedAt: Instant | undefined): string => {
      if (requestedAt === undefined) throw new Error('Nothing waits for confirmation.');
      return `/confirm/${world.token('confirm', id, wordingId, millisecondsOf(requestedAt))}`;
    },
    visitor,
    mailPath: `/mailbox/${mail?.id ?? ''}`,
    /** Every page that there is, by name. */
    pages: {
      form: `/f/${world.forms.double}`,
      'rich form': `/f/${world.forms.rich}`,
      confirm: await waiting('waiting@example.org'),
      'expired confirm': `/confirm/${world.token('confirm', visitor, world.forms.double, 0)}`,
      'request for consent': await asked('asked@example.org'),
      'request after a refusal': await refused('refused@example.org'),
      'consent given already': `/consent/${world.token('consent', visitor)}`,
      'request to somebody out': `/consent/${world.token('consent', left)}`,
      'request to somebody suspended': `/consent/${world.token('consent', suspended)}`,
      unsubscribe: `/u/${world.token('unsubscribe', visitor)}`,
      'unsubscribed already': `/u/${world.token('unsubscribe', left)}`,
      preferences: `/p/${world.token('preferences', visitor)}`,
      'preferences of somebody out': `/p/${world.token('preferences', left)}`,
      view: `/v/${world.token('view', visitor)}`,
      mailbox: '/mailbox',
      'mail as HTML': `/mailbox/${mail?.id ?? ''}`,
      'mail as text': `/mailbox/${mail?.id ?? ''}?part=text`,
      'mail headers': `/mailbox/${mail?.id ?? ''}?part=headers`,
      'unknown link': '/u/unknown',
      'unknown page': '/nothing',
    },
    close: async () => {
      await api.close();
      await mailbox.close();
      await rm(directory, { recursive: true });
    },
  };
};
