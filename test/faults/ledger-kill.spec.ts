import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { embeddedEventLog } from '#libs/event-log/embedded/embedded-event-log';
import { factsOf } from '#libs/event-log/testing/facts';
import { acknowledgedIn, sourceProgram, startProgram, type RunningProgram } from './program.ts';
import { requireFaultTools } from './requirements.ts';

const ROUNDS = 50;
const seed = Math.trunc(Math.random() * 2 ** 30) + 1;
let state = seed;
/** The moment of the kill is the one thing here that time decides. */
const someMilliseconds = (): number => {
  state = (state * 48271) % 0x7fffffff;
  return state % 60;
};

const killSoon = async ({ child, says, ended }: RunningProgram): Promise<void> => {
  await says('ready');
  await setTimeout(someMilliseconds());
  child.kill('SIGKILL');
  expect((await ended).signal).toBe('SIGKILL');
};

describe('LED-2 the ledger after SIGKILL at a random moment', () => {
  let work: string;
  beforeAll(async () => {
    requireFaultTools();
    work = await mkdtemp(join(tmpdir(), 'attesta-kill-'));
  });
  afterAll(() => rm(work, { recursive: true }));

  it(`holds every acknowledged event after ${ROUNDS} rounds of one process or two`, async () => {
    const directory = join(work, 'data');
    const acknowledgements = join(work, 'acknowledgements');
    const command = sourceProgram(
      'libs/event-log/testing/writer.ts',
      ...['--directory', directory, '--acknowledgements', acknowledgements, '--writers', '16'],
    );
    let stored: ReadonlySet<string> = new Set();
    for (let round = 0; round < ROUNDS; round += 1) {
      const processes = round % 2 === 0 ? [command] : [command, command];
      await Promise.all(processes.map((each) => killSoon(startProgram(each))));
      const log = await embeddedEventLog({ directory, onFatal: () => undefined });
      stored = await factsOf(log);
      await log.close();
      const lost = acknowledgedIn(acknowledgements).filter((fact) => !stored.has(fact));
      expect({ seed, round, lost }).toEqual({ seed, round, lost: [] });
    }
    const acknowledged = acknowledgedIn(acknowledgements).length;
    process.stdout.write(
      `SIGKILL, seed ${seed}: ${ROUNDS} rounds, ${acknowledged} acknowledged events, ` +
        `${stored.size} stored, 0 lost\n`,
    );
    expect(acknowledged).toBeGreaterThan(ROUNDS);
  }, 180_000);
});
