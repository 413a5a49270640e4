import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedEventLog } from '#libs/event-log/embedded/embedded-event-log';
import { factsOf } from '#libs/event-log/testing/facts';
import { acknowledgedIn, sourceProgram, startProgram } from './program.ts';
import { requireFaultTools } from './requirements.ts';

/** Opening a new ledger syncs eight times or so; the later ones are commits and checkpoints. */
const FAILING_SYNCS = [12, 13, 14, 15, 16, 17, 25, 40];

describe('LED-3 the ledger when the disk reports an I/O error', () => {
  let work: string;
  beforeAll(async () => {
    requireFaultTools();
    work = await mkdtemp(join(tmpdir(), 'attesta-io-error-'));
  });
  afterAll(() => rm(work, { recursive: true }));

  // Only this one fsync fails; the next would succeed, and must not be believed.
  it.each(FAILING_SYNCS)(
    'at fsync %i tells the caller, stops, and has lost nothing',
    async (nth) => {
      const directory = join(work, `data-${nth}`);
      const acknowledgements = join(work, `acknowledgements-${nth}`);
      const injected = ['-e', 'trace=fsync', '-e', `inject=fsync:error=EIO:when=${nth}`];
      const { status, output } = await startProgram([
        ...['strace', '-f', '-o', join(work, 'trace'), ...injected],
        ...sourceProgram(
          'libs/event-log/testing/writer.ts',
          ...['--directory', directory, '--acknowledgements', acknowledgements],
          ...['--checkpoint', '40'],
        ),
      ]).ended;

      expect(output.trimEnd().split('\n')).toEqual([
        'ready',
        'refused io-error',
        'then io-error',
        'fatal io-error',
      ]);
      expect(status).toBe(70);
      const log = await embeddedEventLog({ directory, onFatal: () => undefined });
      const stored = await factsOf(log);
      await log.close();
      expect(acknowledgedIn(acknowledgements).filter((fact) => !stored.has(fact))).toEqual([]);
    },
  );

  it('while it is opened is refused with a sentence that names the file', async () => {
    const { status, output } = await startProgram([
      ...['strace', '-f', '-o', join(work, 'trace'), '-e', 'trace=fsync'],
      ...['-e', 'inject=fsync:error=EIO:when=4'],
      ...sourceProgram(
        'libs/event-log/testing/writer.ts',
        ...['--directory', join(work, 'opening'), '--acknowledgements', join(work, 'none')],
      ),
    ]).ended;
    expect(status).not.toBe(0);
    expect(output).toContain('ledger.sqlite failed in the operating system');
    expect(acknowledgedIn(join(work, 'none'))).toEqual([]);
  });
});
