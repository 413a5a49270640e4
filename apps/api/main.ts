import 'reflect-metadata';
import { openMailer, runPart, seldomCollected } from '#apps/composition/index';
import { greeting } from './greeting.ts';
import { startApi } from './start-api.ts';

seldomCollected();
await runPart('api', async ({ config, engines, log, signal, ready, onLedgerLost }) => {
  const { mailer, mailbox } = openMailer(config, engines.keyring, log);
  const api = await startApi({ config, engines, mailer, mailbox, logger: log, onLedgerLost });
  ready(greeting(api));
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
  await api.close();
  await mailer.close();
});
