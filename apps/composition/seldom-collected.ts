import { setFlagsFromString } from 'node:v8';

/** By how much the heap may grow, beyond what is in use, until all of it is looked through again. */
const GROWTH_PERCENT = 200;

/**
 * Lets requests go first in memory, too: for a program that mostly answers requests, V8 looks through its whole
 * heap every few seconds, each time that it has grown by a tenth. That takes processors away for a tenth of a
 * second, and everybody who sends something meanwhile waits longer than all others.
 */
export const seldomCollected = (): void =>
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
