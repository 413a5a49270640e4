import { setTimeout as delay } from 'node:timers/promises';
import { KeyringUnavailable } from '../port.ts';

const PAUSE_MILLISECONDS = 20;
const MOST_ATTEMPTS = 500;

/**
 * Attempts again for as long as the answer is undefined: another process was faster, and what it wrote cannot be
 * read before most members of the replica set have it. A key must not be used that may still be lost. Throws
 * `KeyringUnavailable` after ten seconds.
 */
export const untilSettled = async <T>(attempt: () => Promise<T | undefined>): Promise<T> => {
  for (let attempts = 0; attempts < MOST_ATTEMPTS; attempts += 1) {
    if (attempts > 0) await delay(PAUSE_MILLISECONDS);
    const answer = await attempt();
    if (answer !== undefined) return answer;
  }
  throw new KeyringUnavailable(
    'unreachable',
    'MongoDB does not confirm what was written to the keyring. Check that most members of its replica set run.',
  );
};
