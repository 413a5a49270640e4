import { openMailer, runPart, workInBackground } from '#apps/composition/index';
import { startProjector } from './start-projector.ts';

workInBackground();
await runPart('projector', async ({ config, engines, log, signal, ready }) => {
  const { mailer, mailbox } = openMailer(config, engines.keyring, log);
  const { stopped } = await startProjector({
    ...engines,
    log,
    signal,
    ...(mailbox === undefined ? {} : { scrubOthers: () => mailbox.scrub() }),
  });
  ready('The projector of Attesta works.');
  await stopped;
  await mailer.close();
});
