import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createTransport } from 'nodemailer';
import { fold, type CampaignId, type NewsletterId } from '#domain/kernel/index';
import { campaignStream } from '#domain/campaign/index';
import { deliveryStream } from '#domain/delivery/index';
import { openEngines, type Engines } from '#apps/composition/index';
import { startSender } from '#apps/sender/index';
import { Seed, SENDER } from '#apps/sender/testing/seed';
import { smtpMailer } from '#libs/mailer/index';
import { mailRenderer, senderBlock, type CompiledContent } from '#libs/rendering/index';
import type { BenchmarkResult } from './result.ts';

const CONNECTIONS = 10;
const root = fileURLToPath(new URL('../../', import.meta.url));
const isBuilt = import.meta.url.endsWith('.js');
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

const program = (path: string, environment: Record<string, string> = {}): ChildProcess =>
  spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      ...(isBuilt ? [] : ['--conditions=attesta-source']),
      `${root}${path}.${isBuilt ? 'js' : 'ts'}`,
    ],
    { env: { PATH: process.env['PATH'], ...environment }, stdio: ['ignore', 'pipe', 'inherit'] },
  );

const startSink = async (): Promise<{ url: string; child: ChildProcess }> => {
  const child = program('test/benchmarks/smtp-sink-program');
  if (child.stdout === null) throw new Error('The mail server has no output.');
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { url: line.toString().trim(), child };
};

/** About 17 KB of HTML, as newsletters are. */
const NEWS = Array.from(
  { length: 5 },
  (_, index) => `
  <mj-section><mj-column>
    <mj-text>Nouvelle ${String(index + 1)} de l’été pour {{ fields.firstName }}</mj-text>
    <mj-text>${'Un paragraphe comme on en lit dans les infolettres, ni court ni long. '.repeat(9)}</mj-text>
    <mj-button href="{{ links.viewInBrowser }}">Lire la suite</mj-button>
  </mj-column></mj-section>`,
).join('');
const MJML = `<mjml lang="fr"><mj-body>${NEWS}<mj-section><mj-column>
  <mj-text>{{ sender.block }}</mj-text>
  <mj-text><a href="{{ links.preferences }}">Préférences</a> <a href="{{ links.unsubscribe }}">Se désabonner</a></mj-text>
  </mj-column></mj-section></mj-body></mjml>`;
const BODY = { kind: 'mjml', mjml: MJML } as const;

const addresses = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `person${String(index)}@example.org`);

type Prepared = Readonly<{
  engines: Engines;
  newsletterId: NewsletterId;
  campaignId: CampaignId;
  seed: Seed;
}>;

const prepare = async (directory: string, recipients: number): Promise<Prepared> => {
  const engines = await openEngines({ dataDirectory: directory }, ({ code }) => {
    throw new Error(code);
  });
  const seed = new Seed(engines.ledger, engines.keyring);
  await seed.account();
  const listId = await seed.list('A');
  const newsletterId = await seed.newsletter(BODY);
  const people = addresses(recipients);
  for (let start = 0; start < recipients; start += 500) {
    const batch = people.slice(start, start + 500);
    await seed.people(batch.map((address) => ({ address, listIds: [listId], firstName: 'Zoé' })));
  }
  const campaignId = await seed.campaign(newsletterId, [listId]);
  return { engines, newsletterId, campaignId, seed };
};

/** From the start of the campaign to its end: planning, decisions, claims, messages, checks and outcomes. */
const measureSender = async (
  directory: string,
  url: string,
  recipients: number,
): Promise<number> => {
  const { engines, newsletterId, campaignId, seed } = await prepare(directory, recipients);
  const projector = program('apps/projector/main', {
    ATTESTA_DATA_DIR: directory,
    ATTESTA_LOG_LEVEL: 'error',
  });
  const mailer = smtpMailer({ urls: url, concurrency: CONNECTIONS });
  const ending = new AbortController();
  const sender = await startSender({
    ...engines,
    mailer,
    renderer: mailRenderer(),
    config: { publicUrl: 'https://mail.example' },
    clock: Date.now,
    log: silent,
    signal: ending.signal,
  });
  const start = performance.now();
  await seed.move(campaignId, 'StartCampaign');
  const { ledger } = engines;
  for (let status = 'running'; status !== 'completed';) {
    await pause(50);
    const history = await ledger.read(campaignStream, campaignId);
    status = fold(
      campaignStream,
      history.map(({ event }) => event),
    ).status;
  }
  const seconds = (performance.now() - start) / 1_000;
  ending.abort();
  await sender.stopped;
  await mailer.close();
  const [id] = await Promise.all([seed.recipientId('person0@example.org')]);
  const history = await ledger.read(deliveryStream, `${newsletterId}.${id}`);
  if (history.at(-1)?.event.type !== 'DeliveryAccepted') throw new Error('A message was not sent.');
  const gone = once(projector, 'exit');
  projector.kill('SIGTERM');
  await gone;
  await engines.close();
  return recipients / seconds;
};

const compileNews = async (): Promise<CompiledContent> => {
  const content = { language: 'fr', subject: 'Nouvelles de l’été', body: BODY };
  const compiled = await mailRenderer().compile(content);
  if (!compiled.ok) throw new Error('The newsletter does not compile.');
  return compiled.value;
};

/** nodemailer's own pool composing the same messages, with nothing decided, checked or recorded. */
const measureNodemailer = async (url: string, recipients: number): Promise<number> => {
  const content = await compileNews();
  const { hostname: host, port } = new URL(url);
  const transport = createTransport({
    pool: true,
    host,
    port: Number(port),
    maxConnections: CONNECTIONS,
    maxMessages: Infinity,
  });
  const link = (kind: string, index: number): string =>
    `https://mail.example/${kind}/${'T'.repeat(120)}${String(index)}`;
  const start = performance.now();
  const queue = addresses(recipients).entries();
  const send = async (): Promise<void> => {
    for (const [index, to] of queue) {
      const parts = content.parts({
        recipient: { email: to, language: 'fr' },
        fields: { firstName: 'Zoé' },
        sender: { block: senderBlock(SENDER, 'fr') },
        links: {
          unsubscribe: link('u', index),
          preferences: link('p', index),
          viewInBrowser: link('v', index),
        },
      });
      const headers = {
        'List-Id': '<list.example>',
        'List-Unsubscribe': `<${link('u', index)}>, <mailto:news@cafe.example?subject=unsubscribe>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        'Feedback-ID': 'a:b:newsletter:attesta',
        Precedence: 'bulk',
      };
      await transport.sendMail({
        from: { name: SENDER.name, address: SENDER.email },
        to,
        headers,
        ...parts,
      });
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS * 2 }, send));
  const seconds = (performance.now() - start) / 1_000;
  transport.close();
  return recipients / seconds;
};

/** Sends one newsletter to everybody through a mail server on loopback, and the same by nodemailer's pool. */
export const benchmarkSending = async ({
  recipients = 10_000,
}: Readonly<{ recipients?: number }> = {}): Promise<readonly BenchmarkResult[]> => {
  const directory = await mkdtemp(join(tmpdir(), 'sending-'));
  const { url, child } = await startSink();
  try {
    const theirs = await measureNodemailer(url, recipients);
    const ours = await measureSender(directory, url, recipients);
    return [
      {
        name: 'send a campaign through SMTP, every gate on',
        value: ours,
        unit: 'messages/s',
        baseline: { name: 'nodemailer’s pool composing the same messages', value: theirs },
        reach: 'no less than the baseline; later twice',
      },
    ];
  } finally {
    child.kill('SIGTERM');
    await rm(directory, { recursive: true });
  }
};
