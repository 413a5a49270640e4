import { join } from 'node:path';
import { runPart, workInBackground } from '#apps/composition/index';
import { fileUploads } from '#libs/uploads/files/index';
import { startImporter } from './start-importer.ts';

workInBackground();
await runPart('importer', async ({ config, engines, log, signal, ready }) => {
  const uploads = fileUploads({ directory: join(config.dataDirectory, 'uploads') });
  ready('The importer of Attesta works.');
  await startImporter({ ...engines, uploads, clock: Date.now, log, signal });
});
