import { setTimeout as pause } from 'node:timers/promises';
import { Client, type Answer } from '../acceptance/support/client.ts';

/** What people who go on using the API met. */
export type Load = Readonly<{
  /** Addresses whose subscription was acknowledged. */
  acknowledged: readonly string[];
  /** Answers of 503, by what was asked. */
  refused: () => Readonly<{ writes: number; reads: number }>;
  /** Answers that nobody should get: neither success nor 503 with `Retry-After`. */
  wrong: readonly string[];
  end: () => Promise<void>;
}>;

/** Not as fast as possible: the rest of the product has to do as well. */
const BETWEEN_REQUESTS = 20;

/** Writes and reads without a pause for outages, each write repeated until it is acknowledged. */
export const loadOn = (url: string, key: string, listId: string): Load => {
  const client = new Client(url, key);
  const acknowledged: string[] = [];
  const wrong: string[] = [];
  const refused = { writes: 0, reads: 0 };
  const ending = new AbortController();

  /** True when it was done. */
  const judge = (kind: keyof typeof refused, { status, headers, text }: Answer): boolean => {
    if (status < 300) return true;
    if (status === 503 && Number(headers.get('retry-after')) > 0) refused[kind] += 1;
    // The first request with this key broke off: it is asked again until the claim on the key has run out.
    else if (status !== 409 || !text.includes('"in-progress"'))
      wrong.push(`${kind}: ${String(status)} ${text}`);
    return false;
  };
  const repeat = async (work: () => Promise<void>): Promise<void> => {
    while (!ending.signal.aborted) {
      await work();
      await pause(BETWEEN_REQUESTS);
    }
  };
  let next = 0;
  const write = async (): Promise<void> => {
    const email = `load${String(next)}@lectures.example`;
    const body = { email, listIds: [listId], language: 'fr' };
    const headers = { 'idempotency-key': `load-${String(next)}` };
    if (!judge('writes', await client.call('POST', '/v1/recipients', { body, headers }))) return;
    acknowledged.push(email);
    next += 1;
  };
  const read = async (): Promise<void> => {
    judge('reads', await client.call('GET', '/v1/recipients?limit=1'));
  };
  const loops = Promise.all([repeat(write), repeat(read)]);
  // Whoever ends it hears of a failure.
  loops.catch(() => undefined);
  return {
    acknowledged,
    refused: () => ({ ...refused }),
    wrong,
    end: async () => {
      ending.abort();
      await loops;
    },
  };
};
