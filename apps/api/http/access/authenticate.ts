import { timingSafeEqual } from 'node:crypto';
import { AccountId, type ApiKeyId } from '#domain/kernel/index';
import type { ApiKey } from '#domain/api-key/index';
import { problem } from '../problem.ts';
import type { Principal } from '../caller.ts';
import { hashOfSecret, parseApiKey } from './api-key-format.ts';
import type { OperatorKey } from './operator-key.ts';

/** What belongs to the operator is kept under this account, which no client ever gets. */
export const OPERATOR_ACCOUNT = AccountId.parse('acc_00000000000000000000000000');

/** The key as its stream says; at most a second old, so that a revocation is soon felt everywhere. */
export type FindApiKey = (id: ApiKeyId) => Promise<ApiKey>;

const refuseKey = () =>
  problem('unauthorized', 'Send a valid key as `Authorization: Bearer <key>`.', {
    headers: { 'www-authenticate': 'Bearer' },
  });

const bearer = (header: string | undefined): string | undefined =>
  /^Bearer +([\x21-\x7e]{1,512})$/i.exec(header ?? '')?.[1];

const sameHash = (a: string, b: string): boolean =>
  timingSafeEqual(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'));

/** Who sends this header. Throws the problem `unauthorized`, the same for every reason. */
export const authenticate = async (
  header: string | undefined,
  operatorKey: OperatorKey,
  findApiKey: FindApiKey,
): Promise<Principal> => {
  const text = bearer(header);
  if (text === undefined) throw refuseKey();
  const parsed = parseApiKey(text);
  if (parsed === undefined) {
    if (operatorKey.matches(text)) {
      return { kind: 'operator', accountId: OPERATOR_ACCOUNT, actor: { kind: 'operator' } };
    }
    throw refuseKey();
  }
  const key = await findApiKey(parsed.id);
  if (key.status !== 'valid' || !sameHash(key.secretHash, hashOfSecret(parsed.secret))) {
    throw refuseKey();
  }
  const { accountId, scopes } = key;
  return { kind: 'account', accountId, actor: { kind: 'api-client', id: parsed.id }, scopes };
};
