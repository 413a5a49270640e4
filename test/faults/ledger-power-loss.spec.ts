import { beforeAll, describe, expect, it } from '@jest/globals';
import { embeddedEventLog } from '#libs/event-log/embedded/embedded-event-log';
import { factsOf } from '#libs/event-log/testing/facts';
import { powerLossTrial, type PowerLossResult } from './power-loss/trial.ts';
import { sourceProgram } from './program.ts';
import { requireFaultTools } from './requirements.ts';

const seed = Math.trunc(Math.random() * 2 ** 30) + 1;

const facts = async (directory: string): Promise<ReadonlySet<string>> => {
  const onFatal = (): void => undefined;
  const log = await embeddedEventLog({ directory, onFatal });
  try {
    return await factsOf(log);
  } finally {
    await log.close();
  }
};

/** Two runs, so that closing, opening again and starting the write-ahead log anew are in it. */
const trial = (synchronous: 'FULL' | 'NORMAL'): Promise<PowerLossResult> =>
  powerLossTrial({
    programs: (directory, acknowledgements) =>
      ['6', '6'].map((appends) =>
        sourceProgram(
          'libs/event-log/testing/writer.ts',
          ...['--directory', directory, '--acknowledgements', acknowledgements],
          ...['--writers', '3', '--appends', appends],
          ...['--synchronous', synchronous, '--checkpoint', '40'],
        ),
      ),
    facts,
    ignored: (file) => file.endsWith('-shm'),
    seed,
  });

const report = (name: string, result: PowerLossResult): void => {
  const { states, differentStates, acknowledged, losing, broken } = result;
  process.stdout.write(
    `Power loss, ${name}, seed ${seed}: ${states} states (${differentStates} different), ` +
      `${acknowledged} acknowledged events, ${losing} states losing one, ${broken.length} broken\n`,
  );
};

beforeAll(requireFaultTools);

describe('LED-1 the ledger after a power cut at any moment', () => {
  it('holds every acknowledged event, with no stream torn', async () => {
    const result = await trial('FULL');
    report('synchronous=FULL', result);
    expect(result.broken).toEqual([]);
    expect(result.losing).toBe(0);
    expect(result.acknowledged).toBeGreaterThan(30);
    expect(result.states).toBeGreaterThan(1000);
  }, 120_000);

  it('would not with synchronous=NORMAL, which shows that the test can fail', async () => {
    const result = await trial('NORMAL');
    report('synchronous=NORMAL', result);
    expect(result.losing).toBeGreaterThan(0);
  }, 120_000);
});
