import type { Connection } from './connection.ts';
import { wrongVersion } from './failure.ts';

/** The oldest version whose behaviour is known to us. */
const OLDEST = [23, 10] as const;

/** Throws `EventLogUnavailable` when the server is too old, or does not answer in time. */
export const mustBeKnownVersion = async (
  connection: Connection,
  milliseconds: number,
): Promise<void> => {
  const version = await connection.version(milliseconds);
  const [major = NaN, minor = NaN] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  throw wrongVersion(
    `EventStoreDB at ${connection.server} has version ${version}. Attesta needs ${OLDEST.join('.')} or later.`,
  );
};
