import { setTimeout as pause } from 'node:timers/promises';
import { onServers } from './engines.ts';

/** What stands in for servers has the same cores as what asks them. */
const BETWEEN_LOOKS = onServers ? 250 : 25;

/** Looks again and again until there is something; the error says what was waited for. */
export const until = async <T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  withinMilliseconds = 60_000,
): Promise<T> => {
  const giveUpAt = performance.now() + withinMilliseconds;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > giveUpAt) throw new Error(`Waited in vain for ${what}.`);
    await pause(BETWEEN_LOOKS);
  }
};
