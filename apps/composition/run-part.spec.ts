import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const RUN_PART = pathToFileURL(path.resolve('apps/composition/run-part.ts')).href;

describe('a part that runs as a thread', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'attesta-part-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  /** Its work, as the text of a function. */
  const running = (work: string): Worker =>
    new Worker(`import('${RUN_PART}').then(({ runPart }) => runPart('part', ${work}));`, {
      eval: true,
      env: { ATTESTA_DATA_DIR: directory, ATTESTA_LOG_LEVEL: 'silent' },
      execArgv: ['--disable-warning=ExperimentalWarning', '--conditions=attesta-source'],
      stderr: true,
    });
  const endOf = async (worker: Worker) => {
    let said = '';
    worker.stderr.on('data', (text: Buffer) => (said += text.toString()));
    const [status] = (await once(worker, 'exit')) as [number];
    return { status, said };
  };

  it('ends when its work fails, whatever that has left open, and says why', async () => {
    const work = `async () => {
      setInterval(() => undefined, 1_000);
      throw new Error('The work cannot go on.');
    }`;
    expect(await endOf(running(work))).toEqual({ status: 1, said: 'The work cannot go on.\n' });
  });

  it('ends without a word when its work is done', async () => {
    expect(await endOf(running('async () => undefined'))).toEqual({ status: 0, said: '' });
  });
});
