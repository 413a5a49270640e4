import { beforeAll, describe, expect, it } from '@jest/globals';
import { keptPromises } from '#libs/ledger/testing/promises';
import { powerLossTrial } from './power-loss/trial.ts';
import { sourceProgram } from './program.ts';
import { requireFaultTools } from './requirements.ts';

const seed = Math.trunc(Math.random() * 2 ** 30) + 1;

beforeAll(requireFaultTools);

describe('PRV-2 personal data after a power cut at any moment', () => {
  it('is readable in every stored event, and gone for ever where its key was destroyed', async () => {
    const result = await powerLossTrial({
      // Two runs, so that making, closing and opening again are in it.
      programs: (directory, acknowledgements) =>
        ['4', '3'].map((rounds) =>
          sourceProgram('libs/ledger/testing/writer.ts', directory, acknowledgements, rounds),
        ),
      facts: keptPromises,
      ignored: (file) => file.endsWith('-shm'),
      seed,
    });
    const { states, differentStates, acknowledged, losing, broken } = result;
    process.stdout.write(
      `Power loss, ledger and keyring, seed ${seed}: ${states} states (${differentStates} different), ` +
        `${acknowledged} promises, ${losing} states breaking one, ${broken.length} broken\n`,
    );
    expect(broken).toEqual([]);
    expect(losing).toBe(0);
    expect(acknowledged).toBe(7 * 7);
    expect(states).toBeGreaterThan(500);
  }, 120_000);
});
