import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeRequests } from '../testing/conformance.ts';
import { embeddedRequestStore } from './embedded-request-store.ts';

describeRequests('embedded', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'attesta-requests-'));
  return {
    open: async () => embeddedRequestStore({ directory }),
    remove: async () => rmSync(directory, { recursive: true }),
  };
});
