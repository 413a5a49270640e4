import { parseArgs } from 'node:util';
import { openMailer, runPart, workInBackground } from '#apps/composition/index';
import { mailRenderer } from '#libs/rendering/index';
import type { SenderConfig } from './sender-parts.ts';
import { startSender } from './start-sender.ts';

/** `--lease-milliseconds`: how soon another sender takes a silent one for dead. */
const settings = (): Pick<SenderConfig, 'leaseMilliseconds'> => {
  const { values } = parseArgs({ options: { 'lease-milliseconds': { type: 'string' } } });
  const given = Number(values['lease-milliseconds']);
  return Number.isInteger(given) && given > 0 ? { leaseMilliseconds: given } : {};
};

workInBackground();
await runPart('sender', async ({ config, engines, log, signal, ready }) => {
  const { mailer } = openMailer(config, engines.keyring, log);
  const { stopped } = await startSender({
    ...engines,
    mailer,
    renderer: mailRenderer(),
    config: { publicUrl: config.publicUrl, ...settings() },
    clock: Date.now,
    log,
    signal,
  });
  ready('The sender of Attesta works.');
  await stopped;
  await mailer.close();
});
