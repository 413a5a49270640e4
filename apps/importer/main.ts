import { runPart, workInBackground } from '#apps/composition/index';
import { startImporter } from './start-importer.ts';

workInBackground();
await runPart('importer', async ({ engines, log, signal, ready }) => {
  ready('The importer of Attesta works.');
  await startImporter({ ...engines, clock: Date.now, log, signal });
});
