import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { AccountId } from '#domain/kernel/index';
import type { Mailer, OutgoingMessage } from '../port.ts';

/** A mailer under test, and a way to see what it delivered. */
export type MailerHarness = Readonly<{
  mailer: Mailer;
  /** Sources that arrived for an address, in order. */
  arrived: (to: string) => Promise<readonly string[]>;
  dispose: () => Promise<void>;
}>;

export const ACCOUNT = AccountId.parse('acc_01jd8k3h5mf4qtc6r9v2x7z0ab');

/** A message as the sender makes them; `subject` is whose data it holds. */
export const outgoing = (to: string, text: string, subject: string): OutgoingMessage => {
  const messageId = `${randomBytes(9).toString('base64url')}@attesta.example`;
  return {
    messageId,
    envelope: { from: 'b+1@attesta.example', to },
    source: Buffer.from(
      `From: News <news@attesta.example>\r\nTo: ${to}\r\nSubject: Hello\r\nMessage-ID: <${messageId}>\r\n` +
        `Content-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`,
    ),
    subject: { accountId: ACCOUNT, subject },
  };
};

/** What every mailer must do, written once for all of them. */
export const describeMailer = (name: string, make: () => Promise<MailerHarness>): void => {
  describe(`${name} is a mailer (SND-5)`, () => {
    let harness: MailerHarness;
    beforeEach(async () => {
      harness = await make();
    });
    afterEach(async () => {
      await harness.dispose();
    });

    it('delivers the very bytes, dots and long lines included', async () => {
      const text = `.\r\n..two\r\n${'x'.repeat(900)}\r\n.end`;
      const message = outgoing('anna@example.org', text, 'rcp_a');
      const outcome = await harness.mailer.send(message);
      expect(outcome).toEqual({ status: 'accepted', reply: expect.stringMatching(/^250( |$)/) });
      expect(await harness.arrived('anna@example.org')).toEqual([message.source.toString()]);
    });

    it('delivers the very bytes of a long message', async () => {
      const text = `${'A line of a long message, é.\r\n'.repeat(20_000)}The end.`;
      const message = outgoing('anna@example.org', text, 'rcp_a');
      expect(await harness.mailer.send(message)).toMatchObject({ status: 'accepted' });
      expect(await harness.arrived('anna@example.org')).toEqual([message.source.toString()]);
    });

    it('delivers each message once when many are under way', async () => {
      const messages = Array.from({ length: 60 }, (_, index) =>
        outgoing(`p${String(index)}@example.org`, `for ${String(index)}`, `rcp_${String(index)}`),
      );
      const outcomes = await Promise.all(messages.map((message) => harness.mailer.send(message)));
      expect(outcomes.map(({ status }) => status)).toEqual(messages.map(() => 'accepted'));
      for (const message of messages) {
        expect(await harness.arrived(message.envelope.to)).toEqual([message.source.toString()]);
      }
    });

    it('says how many messages may be under way', () => {
      expect(harness.mailer.concurrency).toBeGreaterThan(0);
    });
  });
};
