import { parseArgs } from 'node:util';
import {
  openEngines,
  openLogger,
  openMailer,
  readConfig,
  untilStopped,
  workInBackground,
} from '#apps/composition/index';
import { mailRenderer } from '#libs/rendering/index';
import type { SenderConfig } from './sender-parts.ts';
import { startSender } from './start-sender.ts';

/** `--lease-milliseconds`: how soon another sender takes a silent one for dead. */
const settings = (): Pick<SenderConfig, 'leaseMilliseconds'> => {
  const { values } = parseArgs({ options: { 'lease-milliseconds': { type: 'string' } } });
  const given = Number(values['lease-milliseconds']);
  return Number.isInteger(given) && given > 0 ? { leaseMilliseconds: given } : {};
};

const run = async (): Promise<void> => {
  workInBackground();
  const config = readConfig(process.env);
  const log = openLogger(config.logLevel, 'sender');
  const engines = await openEngines(config, ({ code }) => {
    log.fatal({ event: 'ledger-lost', code }, 'The ledger cannot be trusted any more: stopping.');
    process.exit(1);
  });
  const { mailer } = openMailer(config, engines.keyring, log);
  const { stopped } = await startSender({
    ...engines,
    mailer,
    renderer: mailRenderer(),
    config: { publicUrl: config.publicUrl, ...settings() },
    clock: Date.now,
    log,
    signal: untilStopped(),
  });
  await stopped;
  await mailer.close();
  await engines.close();
};

try {
  await run();
} catch (error) {
  // What stops a start has a sentence for the operator; its message names files and variables only.
  console.error(error instanceof Error ? error.message : 'The sender could not start.');
  process.exitCode = 1;
}
