import { beforeAll, describe, expect, it } from '@jest/globals';
import { keptPromises } from '#libs/ledger/testing/promises';
import { powerLossTrial, type PowerLossResult } from './power-loss/trial.ts';
import { sourceProgram } from './program.ts';
import { requireFaultTools } from './requirements.ts';

const seed = Math.trunc(Math.random() * 2 ** 30) + 1;

/** Two runs, so that making, closing and opening again are in it. */
const trial = async (synchronous: 'FULL' | 'NORMAL'): Promise<PowerLossResult> => {
  const result = await powerLossTrial({
    programs: (directory, acknowledgements) =>
      ['4', '3'].map((rounds) =>
        sourceProgram(
          'libs/ledger/testing/writer.ts',
          ...[directory, acknowledgements, rounds, synchronous],
        ),
      ),
    facts: keptPromises,
    ignored: (file) => file.endsWith('-shm'),
    seed,
  });
  const { states, differentStates, acknowledged, losing, broken } = result;
  process.stdout.write(
    `Power loss, ledger with keyring at synchronous=${synchronous}, seed ${seed}: ` +
      `${states} states (${differentStates} different), ${acknowledged} promises, ` +
      `${losing} states breaking one, ${broken.length} broken\n`,
  );
  return result;
};

beforeAll(requireFaultTools);

describe('PRV-2 personal data after a power cut at any moment', () => {
  it('is readable in every stored event, and gone for ever where its key was destroyed', async () => {
    const result = await trial('FULL');
    expect(result.broken).toEqual([]);
    expect(result.losing).toBe(0);
    expect(result.acknowledged).toBe(7 * 7);
    expect(result.states).toBeGreaterThan(1000);
  }, 120_000);

  it('would not be with a keyring at synchronous=NORMAL, which shows that the test can fail', async () => {
    const { broken } = await trial('NORMAL');
    expect(broken.some((reason) => reason.includes('is stored, and its key is not'))).toBe(true);
  }, 120_000);
});
