import type { FastifyRequest } from 'fastify';
import type { AccountId } from '#domain/kernel/index';
import { uuidV5 } from '#libs/ledger/ids';
import { problem } from '../problem.ts';

/** Root of all command ids that come from an `Idempotency-Key`; fixed for ever. */
const NAMESPACE = '6f0a3c4e-9d0b-5b63-8a55-1d1c7b6f2a10';

/** The key of a POST, undefined when there is none. Throws the problem `invalid-idempotency-key`. */
export const idempotencyKeyOf = (request: FastifyRequest): string | undefined => {
  if (request.method !== 'POST') return undefined;
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw problem(
    'invalid-idempotency-key',
    'Send one Idempotency-Key of 1 to 255 visible ASCII characters.',
  );
};

/** The same for a repeat of the request by the same account: what makes the repeat harmless. */
export const commandIdFrom = (accountId: AccountId, key: string, request: FastifyRequest): string =>
  uuidV5(NAMESPACE, `${accountId}\n${request.method} ${pathOf(request)}\n${key}`);

const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0] ?? request.url;
