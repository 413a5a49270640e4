import { describe, expect, it } from '@jest/globals';
import { startWorker } from './worker.ts';

const program = (code: string): URL => new URL(`data:text/javascript,${encodeURIComponent(code)}`);

describe('a part of the program', () => {
  it('ends when it is asked to', async () => {
    const worker = await startWorker(
      'waiter',
      program(`import { parentPort } from 'node:worker_threads';
        parentPort.on('message', (message) => message === 'stop' && process.exit(0));
        parentPort.postMessage('listening');`),
    );
    await worker.listening;
    worker.stop();
    expect(await worker.ended).toBe(0);
  });

  it('that still loads when it is asked to end does not keep the program waiting', async () => {
    const worker = await startWorker(
      'loader',
      program('await new Promise(() => setInterval(() => {}, 1_000));'),
    );
    worker.stop();
    expect(await worker.ended).toBe(1);
  });

  it('that ends by itself is noticed, with its status', async () => {
    const worker = await startWorker('quitter', program('process.exit(3);'));
    expect(await worker.ended).toBe(3);
  });
});
