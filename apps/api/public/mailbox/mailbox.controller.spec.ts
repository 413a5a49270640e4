import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountId } from '#domain/kernel/index';
import { mailboxMailer, type MailboxMailer } from '#libs/mailer/index';
import { runApi, type RunningApi } from '../../testing/running-api.ts';

// What encrypts is tested with the keyring; here it is enough that mail comes back as it went in.
const plainSeal = {
  seal: async (_subject: unknown, plain: Uint8Array) => plain,
  open: async (sealed: readonly Readonly<{ bytes: Uint8Array }>[]) =>
    sealed.map(({ bytes }) => bytes),
};

const message = (subject: string): string =>
  [
    'From: "Atelier" <news@atelier.example>',
    'To: reader@example.org',
    `Subject: ${subject}`,
    'List-Unsubscribe: <https://news.example.org/u/x>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Plain <words>',
    '--b',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<html><head></head><body><h1>Big words</h1><script>alert(1)</script></body></html>',
    '--b--',
    '',
  ].join('\r\n');

let directory: string;
let mailbox: MailboxMailer;
let api: RunningApi;
const open = (url: string) =>
  api.call({ url, headers: { accept: 'text/html', 'accept-language': 'en' } });

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'attesta-mailbox-'));
  mailbox = mailboxMailer({ directory, seal: plainSeal });
  api = await runApi({ mailbox });
  const accountId = AccountId.parse('acc_01jd0000000000000000000000');
  for (let index = 1; index <= 27; index += 1) {
    await mailbox.send({
      messageId: `${String(index)}@atelier.example`,
      envelope: { from: 'news@atelier.example', to: 'reader@example.org' },
      source: Buffer.from(message(`Number ${String(index)}`)),
      subject: { accountId, subject: accountId },
    });
  }
});
afterAll(async () => {
  await api.close();
  await mailbox.close();
  await rm(directory, { recursive: true });
});

describe('the built-in mailbox (SND-1)', () => {
  it('lists mail, newest first, page by page', async () => {
    const first = await open('/mailbox');
    expect(first.status).toBe(200);
    expect(first.text.indexOf('Number 27')).toBeGreaterThan(0);
    expect(first.text.indexOf('Number 27')).toBeLessThan(first.text.indexOf('Number 26'));
    expect(first.text).not.toMatch(/Number 2\b/);
    const older = /href="(\/mailbox\?lang=en&amp;before=\d+)"/.exec(first.text)?.[1] ?? '';
    const second = await open(older.replace('&amp;', '&'));
    expect(second.text).toMatch(/Number 2\b/);
    expect(second.text).toMatch(/Number 1\b/);
    expect(second.text).not.toContain('before=');
  });

  it('shows each part: HTML in a frame without scripts, text, source and headers', async () => {
    const [entry] = await mailbox.list({ limit: 1 });
    const url = `/mailbox/${entry?.id ?? ''}`;
    const html = await open(url);
    expect(html.text).toContain(`src="${url}/content"`);
    expect(html.text).not.toContain('<script');
    const content = await open(`${url}/content`);
    expect(content.text).toContain('<h1>Big words</h1>');
    expect(content.headers['content-security-policy']).toMatch(/^sandbox/);
    expect((await open(`${url}?part=text`)).text).toContain('Plain &lt;words&gt;');
    expect((await open(`${url}?part=source`)).text).toContain(
      'Content-Type: multipart/alternative',
    );
    const headers = await open(`${url}?part=headers`);
    expect(headers.text).toMatch(/<th scope="row">List-Unsubscribe<\/th>/);
    expect(headers.text).toMatch(/aria-current="page"\s*>Headers/);
  });

  it('speaks French too', async () => {
    expect((await open('/mailbox?lang=fr')).text).toContain('Courriels envoyés');
  });

  it('has no unknown message', async () => {
    for (const url of ['/mailbox/nothing', '/mailbox/nothing/content', '/mailbox/%00']) {
      const answer = await open(url);
      expect([answer.status, answer.text.includes('There is nothing here')]).toEqual([404, true]);
    }
  });

  it('does not exist once mail leaves through a relay', async () => {
    const relayed = await runApi();
    for (const url of ['/mailbox', '/mailbox/x', '/mailbox/x/content']) {
      const answer = await relayed.call({ url });
      expect([answer.status, answer.body.code]).toEqual([404, 'not-found']);
    }
    await relayed.close();
  });
});
