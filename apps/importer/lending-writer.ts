import { writingThrough } from '#libs/ledger/index';
import type { Ledger } from '#libs/ledger/port';
import type { ImporterParts } from './parts.ts';

/**
 * Lends a ledger whose appends another thread encrypts and writes: meanwhile this one reads and decides
 * what comes next. A `short` file is done before such a thread has started.
 */
export const lendingWriter = async <T>(
  { ledger, startWriter }: Pick<ImporterParts, 'ledger' | 'startWriter'>,
  isShort: boolean,
  work: (ledger: Ledger) => Promise<T>,
): Promise<T> => {
  if (isShort) return work(ledger);
  const writer = startWriter();
  try {
    return await work(writingThrough(ledger, writer));
  } finally {
    await writer.close();
  }
};
