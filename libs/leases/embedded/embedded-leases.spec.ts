import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { describeLeases } from '../testing/conformance.ts';
import { embeddedLeases } from './embedded-leases.ts';

const newDirectory = (): string => mkdtempSync(join(tmpdir(), 'attesta-leases-'));

describeLeases('embedded', async () => {
  const directory = newDirectory();
  return {
    open: async () => embeddedLeases({ directory }),
    remove: async () => rmSync(directory, { recursive: true }),
  };
});

describe('embedded leases of two processes', () => {
  it('never have two holders under one token', async () => {
    const directory = newDirectory();
    const program = `
      import { embeddedLeases } from '#libs/leases/embedded/index';
      const leases = embeddedLeases({ directory: process.argv[1] });
      const tokens = [];
      for (let attempt = 0; attempt < 200; attempt += 1) {
        const lease = await leases.acquire('work', 'holder ' + process.pid + ' ' + attempt, attempt, 1);
        if (lease !== undefined) tokens.push(lease.token);
      }
      console.log(JSON.stringify(tokens));
    `;
    const run = async (): Promise<number[]> => {
      const child = spawn(
        process.execPath,
        ['--conditions=attesta-source', '--input-type=module', '--eval', program, directory],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      expect(await once(child, 'close')).toEqual([0, null]);
      return JSON.parse(output) as number[];
    };
    const tokens = (await Promise.all([run(), run()])).flat();
    expect(tokens.length).toBeGreaterThan(100);
    expect(new Set(tokens).size).toBe(tokens.length);
    rmSync(directory, { recursive: true });
  });
});
