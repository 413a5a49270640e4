import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { startProgram } from '../program.ts';
import { Disk, type Chance, type DiskState } from './disk.ts';
import { readTrace, traced } from './trace.ts';

export type PowerLossTrial = Readonly<{
  /** Command lines that run one after the other on the folder, noting a line for each promise. */
  programs: (directory: string, acknowledgements: string) => readonly (readonly string[])[];
  /** Opens what is in the folder and returns the promises that are kept; throws when it is torn. */
  facts: (directory: string) => Promise<ReadonlySet<string>>;
  /** Files that a start makes anew, such as shared memory, and that are not rebuilt. */
  ignored: (file: string) => boolean;
  seed: number;
}>;

export type PowerLossResult = Readonly<{
  /** Moments × ways to lose power, and how many different disks that makes. */
  states: number;
  differentStates: number;
  acknowledged: number;
  /** States in which a promise made before is broken. */
  losing: number;
  /** States that could not be opened, or whose content is torn, with the reason. */
  broken: readonly string[];
}>;

/**
 * Runs programs under a trace of their file operations, rebuilds at every operation the disks that
 * a power cut could leave, opens each, and looks for all that was promised until then.
 */
export const powerLossTrial = async (trial: PowerLossTrial): Promise<PowerLossResult> => {
  const work = mkdtempSync(join(fastFolder(), 'attesta-power-loss-'));
  const directory = join(work, 'data');
  const acknowledgements = join(work, 'acknowledgements');
  mkdirSync(directory);
  try {
    const calls = [];
    for (const [index, program] of trial.programs(directory, acknowledgements).entries()) {
      const trace = join(work, `trace-${index}`);
      const { status, output } = await startProgram(traced(trace, program)).ended;
      if (status !== 0) throw new Error(`The program ended with ${status}: ${output}`);
      calls.push(...readTrace(trace, work));
    }
    return await rebuild(trial, { directory, acknowledgements, calls });
  } finally {
    rmSync(work, { recursive: true });
  }
};

type Recording = Readonly<{
  directory: string;
  acknowledgements: string;
  calls: ReturnType<typeof readTrace>;
}>;

const rebuild = async (
  trial: PowerLossTrial,
  { directory, acknowledgements, calls }: Recording,
): Promise<PowerLossResult> => {
  const disk = new Disk();
  const chance = chanceFrom(trial.seed);
  const openings = new Map<string, Promise<Opening>>();
  const promised: string[] = [];
  let states = 0;
  let losing = 0;
  for (const call of calls) {
    if (call.kind === 'write' && call.path === acknowledgements) {
      promised.push(...call.bytes.toString().trimEnd().split('\n'));
    } else if (isBelow(call.path, directory) && !trial.ignored(basename(call.path))) {
      disk.apply(call);
    } else {
      continue;
    }
    for (const state of disk.statesAfterPowerLoss(chance)) {
      states += 1;
      const key = fingerprint(state);
      const opening = openings.get(key) ?? open(trial, state, directory);
      openings.set(key, opening);
      const { facts } = await opening;
      if (facts && promised.some((fact) => !facts.has(fact))) losing += 1;
    }
  }
  const all = await Promise.all(openings.values());
  return {
    states,
    differentStates: openings.size,
    acknowledged: promised.length,
    losing,
    broken: all.flatMap(({ problem }) => problem ?? []),
  };
};

type Opening = Readonly<{ facts?: ReadonlySet<string>; problem?: string }>;

const open = async (
  trial: PowerLossTrial,
  state: DiskState,
  directory: string,
): Promise<Opening> => {
  const copy = mkdtempSync(join(dirname(directory), 'state-'));
  try {
    for (const [path, content] of state) {
      writeFileSync(join(copy, relative(directory, path)), content);
    }
    return { facts: await trial.facts(copy) };
  } catch (error) {
    return { problem: String(error) };
  } finally {
    rmSync(copy, { recursive: true });
  }
};

const isBelow = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(`${folder}/`);

const fingerprint = (state: DiskState): string => {
  const hash = createHash('sha1');
  for (const [path, content] of [...state].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('base64');
};

/** States are opened where syncing costs nothing, when the machine has such a place. */
const fastFolder = (): string => (existsSync('/dev/shm') ? '/dev/shm' : tmpdir());

const chanceFrom = (seed: number): Chance => {
  let state = seed;
  return () => {
    state = (state * 48271) % 0x7fffffff;
    return state / 0x7fffffff;
  };
};
