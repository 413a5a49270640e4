import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

/** What a process of its own has loaded of the packages after it imported a module of this room. */
const packagesAfter = async (module: string): Promise<readonly string[]> => {
  const program = `
    await import('${new URL(module, import.meta.url).href}');
    const { createRequire } = await import('node:module');
    const paths = Object.keys(createRequire('${import.meta.url}').cache);
    const names = paths.map((path) => /node_modules.((?:@[^/\\\\]+.)?[^/\\\\]+)/.exec(path)?.[1]);
    console.log(JSON.stringify([...new Set(names)]));`;
  const words = ['--conditions=attesta-source', '--disable-warning=ExperimentalWarning'];
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...words,
    '--input-type=module',
    '--eval',
    program,
  ]);
  return JSON.parse(stdout) as readonly string[];
};

it('who has no servers loads no client of one', async () => {
  const clients = ['mongodb', '@eventstore/db-client', '@grpc/grpc-js'];
  const withServers = await packagesAfter('./server-engines.ts');
  expect(withServers).toEqual(expect.arrayContaining(clients));
  const embedded = await packagesAfter('./index.ts');
  expect(embedded.filter((name) => clients.includes(name))).toEqual([]);
});
