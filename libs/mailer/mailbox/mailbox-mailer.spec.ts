import { afterEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seal as encrypt, open as decrypt } from '#libs/crypto/aead';
import { ACCOUNT, describeMailer, outgoing } from '../testing/conformance.ts';
import { mailboxMailer } from './mailbox-mailer.ts';
import type { MailboxMailer, SubjectSeal } from './port.ts';

/** Real encryption, with keys that a test can destroy. */
const sealWithKeys = (): SubjectSeal & { destroy: (subject: string) => void } => {
  const keys = new Map<string, Uint8Array>();
  const keyOf = (subject: string): Uint8Array => {
    const key = keys.get(subject) ?? crypto.getRandomValues(new Uint8Array(32));
    keys.set(subject, key);
    return key;
  };
  return {
    destroy: (subject) => void keys.delete(subject),
    seal: async ({ subject }, plain, place) => encrypt(keyOf(subject), plain, place),
    open: async (sealed) =>
      sealed.map(({ subject: { subject }, bytes, place }) => {
        const key = keys.get(subject);
        return key === undefined ? undefined : decrypt(key, bytes, place);
      }),
  };
};

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const openMailbox = async (): Promise<{
  mailbox: MailboxMailer;
  keys: ReturnType<typeof sealWithKeys>;
  bytes: () => Promise<string>;
  dispose: () => Promise<void>;
}> => {
  const directory = await mkdtemp(join(tmpdir(), 'mailbox-'));
  const keys = sealWithKeys();
  const mailbox = mailboxMailer({ directory, seal: keys });
  return {
    mailbox,
    keys,
    bytes: async () => {
      const files = await readdir(directory);
      const contents = files.map((file) => readFile(join(directory, file), 'latin1'));
      return (await Promise.all(contents)).join('');
    },
    dispose: async () => {
      await mailbox.close();
      await rm(directory, { recursive: true });
    },
  };
};

describeMailer('The built-in mailbox', async () => {
  const { mailbox, dispose } = await openMailbox();
  return {
    mailer: mailbox,
    arrived: async (to) => {
      const entries = await mailbox.list({ limit: 100 });
      const mine = entries.filter((entry) => entry.to === to);
      const messages = await Promise.all(mine.map(({ id }) => mailbox.read(id)));
      return messages.map((message) => message?.source ?? '');
    },
    dispose,
  };
});

describe('the mailbox (SND-5)', () => {
  const opened = async (): ReturnType<typeof openMailbox> => {
    const setting = await openMailbox();
    closing.push(setting.dispose);
    return setting;
  };

  it('lists newest first, in pages, and by account', async () => {
    const { mailbox } = await opened();
    for (const name of ['a', 'b', 'c']) {
      await mailbox.send(outgoing(`${name}@example.org`, name, `rcp_${name}`));
    }
    const first = await mailbox.list({ limit: 2 });
    expect(first.map(({ to }) => to)).toEqual(['c@example.org', 'b@example.org']);
    const rest = await mailbox.list({ limit: 2, before: first[1]!.number });
    expect(rest).toEqual([
      expect.objectContaining({ to: 'a@example.org', subject: 'Hello', accountId: ACCOUNT }),
    ]);
  });

  it('reads headers, text and source', async () => {
    const { mailbox } = await opened();
    const message = outgoing('a@example.org', 'Bonjour', 'rcp_a');
    await mailbox.send(message);
    const [entry] = await mailbox.list({ limit: 1 });
    const read = await mailbox.read(entry!.id);
    expect(read).toMatchObject({ text: 'Bonjour\n', source: message.source.toString() });
    expect(read?.headers).toContainEqual(['Message-ID', `<${message.messageId}>`]);
    expect(await mailbox.read('00000000-0000-0000-0000-000000000000')).toBeUndefined();
  });

  it('stores nothing personal in clear, and forgets the mail of an erased person (PRV-2)', async () => {
    const { mailbox, keys, bytes } = await opened();
    await mailbox.send(outgoing('anna@example.org', 'for Anna', 'rcp_anna'));
    await mailbox.send(outgoing('bert@example.org', 'for Bert', 'rcp_bert'));
    expect(await bytes()).not.toMatch(/anna@|for Anna|bert@/);
    expect(await bytes()).toContain('rcp_anna');
    keys.destroy('rcp_anna');
    expect((await mailbox.list({ limit: 9 })).map(({ to }) => to)).toEqual(['bert@example.org']);
    await mailbox.scrub();
    expect(await bytes()).not.toContain('rcp_anna');
    expect(await bytes()).toContain('rcp_bert');
  });
});

describe('the folder of the mailbox', () => {
  it('is made when it is not there, and where that cannot be, the sentence names the file', async () => {
    const place = await mkdtemp(join(tmpdir(), 'mailbox-'));
    const directory = join(place, 'not', 'there');
    await mailboxMailer({ directory, seal: sealWithKeys() }).close();
    expect(await readdir(directory)).toContain('mailbox.sqlite');
    const inFile = { directory: join(directory, 'mailbox.sqlite', 'data'), seal: sealWithKeys() };
    expect(() => mailboxMailer(inFile)).toThrow(
      expect.objectContaining({
        code: 'cannot-open',
        message: expect.stringContaining('mailbox.sqlite'),
      }),
    );
    await rm(place, { recursive: true });
  });
});
