import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describeMailer, outgoing } from '../testing/conformance.ts';
import { startSmtpSink, type SinkOptions, type SmtpSink } from '../testing/smtp-sink.ts';
import { parseRelayUrls } from './relay-url.ts';
import { replyCode } from './reply-code.ts';
import { smtpMailer } from './smtp-mailer.ts';

describeMailer('SMTP', async () => {
  const sink = await startSmtpSink();
  const mailer = smtpMailer({ urls: sink.url, concurrency: 5 });
  return {
    mailer,
    arrived: async (to) => sink.received.get(to) ?? [],
    dispose: async () => {
      await mailer.close();
      await sink.close();
    },
  };
});

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const sinkWith = async (options: SinkOptions = {}): Promise<SmtpSink> => {
  const sink = await startSmtpSink(options);
  closing.push(sink.close);
  return sink;
};
const mailerTo = (urls: string): ReturnType<typeof smtpMailer> => {
  const mailer = smtpMailer({ urls });
  closing.unshift(() => mailer.close());
  return mailer;
};
/** A port that nobody listens on. */
const deadUrl = async (): Promise<string> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `smtp://127.0.0.1:${String(port)}`;
};
const message = (to: string) => outgoing(to, 'text', 'rcp_a');

describe('a relay that cannot be used (ALR-1)', () => {
  it('is told of once while it rests, by its place and a code, never by what it said', async () => {
    const told: unknown[] = [];
    const urls = `${await deadUrl()},${(await sinkWith()).url}`;
    const mailer = smtpMailer({ urls, onTrouble: (...trouble) => told.push(trouble) });
    closing.unshift(() => mailer.close());
    for (const to of ['a@example.org', 'b@example.org']) {
      expect((await mailer.send(message(to))).status).toBe('accepted');
    }
    expect(told).toEqual([[1, { code: 'ESOCKET' }]]);
  });

  it('is told of when it refuses the password', async () => {
    const told: unknown[] = [];
    const { url } = await sinkWith({ refuseSignIn: true });
    const urls = url.replace('smtp://', 'smtp://somebody:wrong-secret@');
    const mailer = smtpMailer({ urls, onTrouble: (...trouble) => told.push(trouble) });
    closing.unshift(() => mailer.close());
    expect((await mailer.send(message('a@example.org'))).status).toBe('deferred');
    expect(told).toEqual([[1, { code: 'EAUTH', reply: 535 }]]);
  });
});

describe('outcomes over SMTP (SND-3, M-22)', () => {
  it.each([
    ['mail', '451 4.3.0 later for anna@example.org', 'deferred', '451 4.3.0'],
    ['rcpt', '450 4.2.1 full', 'deferred', '450 4.2.1'],
    ['rcpt', '550 5.1.1 <anna@example.org> unknown', 'refused', '550 5.1.1'],
    ['mail', '550 no', 'refused', '550'],
    ['data', '554 5.7.1 spam', 'refused', '554 5.7.1'],
    ['data', '452 4.3.1 space', 'deferred', '452 4.3.1'],
    ['rcpt', '421 4.7.0 too fast', 'deferred', '421 4.7.0'],
  ] as const)('maps a reply to %s of "%s" to %s', async (stage, reply, status, code) => {
    const sink = await sinkWith({ reply: (at) => (at === stage ? reply : undefined) });
    expect(await mailerTo(sink.url).send(message('anna@example.org'))).toEqual({
      status,
      reply: code,
    });
  });

  it('goes on over the same connection after a refusal', async () => {
    const sink = await sinkWith({
      reply: (stage, to) => (stage === 'rcpt' && to.startsWith('bad') ? '550 5.1.1 no' : undefined),
    });
    const mailer = mailerTo(sink.url);
    const statuses: string[] = [];
    for (const to of ['a@example.org', 'bad@example.org', 'b@example.org']) {
      statuses.push((await mailer.send(message(to))).status);
    }
    expect(statuses).toEqual(['accepted', 'refused', 'accepted']);
    expect(sink.connections()).toBe(1);
  });

  it('is unknown when the connection is lost after the message, and is not sent again', async () => {
    const sink = await sinkWith({ dropAfterData: () => true });
    const other = await sinkWith();
    const outcome = await mailerTo(`${sink.url},${other.url}`).send(message('a@example.org'));
    expect(outcome).toEqual({ status: 'unknown', reason: 'connection-lost' });
    expect(sink.received.get('a@example.org')).toHaveLength(1);
    expect(other.received.size).toBe(0);
  });

  it('goes to the next relay when nothing of the message was sent', async () => {
    const broken = await sinkWith({ dropAtRecipient: () => true });
    const sink = await sinkWith();
    const urls = `${await deadUrl()}, ${broken.url}, ${sink.url}`;
    expect(await mailerTo(urls).send(message('a@example.org'))).toMatchObject({
      status: 'accepted',
    });
    expect(sink.received.get('a@example.org')).toHaveLength(1);
  });

  it('is deferred when no relay can be reached (SND-5)', async () => {
    const outcome = await mailerTo(await deadUrl()).send(message('a@example.org'));
    expect(outcome).toEqual({ status: 'deferred', reply: '451 4.4.1' });
  });

  it('takes a new connection when the relay closed an idle one', async () => {
    const sink = await sinkWith();
    const mailer = mailerTo(sink.url);
    expect(await mailer.send(message('a@example.org'))).toMatchObject({ status: 'accepted' });
    sink.dropConnections();
    expect(await mailer.send(message('b@example.org'))).toMatchObject({ status: 'accepted' });
    expect(sink.connections()).toBe(2);
  });

  it('ends a message under way as unknown when it is closed', async () => {
    const closeMailer: (() => Promise<void>)[] = [];
    const sink = await sinkWith({
      reply: (stage) => {
        // The mailer is closed while the relay holds the whole message and has not answered.
        if (stage === 'data') for (const close of closeMailer) void close();
        return undefined;
      },
    });
    const mailer = mailerTo(sink.url);
    closeMailer.push(() => mailer.close());
    expect(await mailer.send(message('a@example.org'))).toMatchObject({ status: 'unknown' });
  });
});

describe('relay addresses', () => {
  it.each(['', 'http://relay.example', 'smtp://', 'smtp://a@b:25,', 'smtp://u:p/x@host'])(
    'refuses %j without repeating it',
    (text) => {
      expect(() => parseRelayUrls(text)).toThrow(/^Relay \d is no address such as/);
    },
  );

  it('reads several, with what nodemailer understands', () => {
    const [first, second] = parseRelayUrls(
      'smtp://u:p%2C1@one.example:587?ignoreTLS=true, smtps://two.example',
    );
    expect(first).toMatchObject({
      connection: { host: 'one.example', port: 587, ignoreTLS: true },
      auth: { user: 'u', pass: 'p,1' },
    });
    expect(second).toMatchObject({ connection: { host: 'two.example', secure: true } });
  });

  it.each([
    ['250 2.0.0 OK queued as a@b', '250 2.0.0'],
    ['550-5.1.1 <a@b>\n550 5.1.1 no', '550 5.1.1'],
    ['250 OK', '250'],
    ['garbage a@b', 'unreadable'],
  ])('keeps only the code of %j', (reply, code) => {
    expect(replyCode(reply)).toBe(code);
  });
});
