import type { AccountId } from '#domain/kernel/index';
import type { Purpose, WordingVersion } from './events.ts';

/** A consent text with all its versions, the oldest first; version 1 is always there. */
export type Wording =
  | Readonly<{ status: 'none' }>
  | Readonly<{
      status: 'open';
      accountId: AccountId;
      purpose: Purpose;
      versions: readonly [WordingVersion, ...WordingVersion[]];
      latest: WordingVersion;
    }>;

export const NO_WORDING: Wording = { status: 'none' };
