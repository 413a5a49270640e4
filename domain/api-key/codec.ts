import { AccountId, eventCodec } from '#domain/kernel/index';
import { array, object, oneOf, string } from '#domain/kernel/shape';
import { id, sha256 } from '#domain/kernel/shapes-of-values';
import { SCOPES, type ApiKeyEvent } from './events.ts';

export const apiKeyCodec = eventCodec<ApiKeyEvent>({
  ApiKeyIssued: {
    version: 1,
    data: object({
      accountId: id(AccountId),
      name: string(),
      scopes: array(oneOf('*', ...SCOPES)),
      secretHash: sha256(),
    }),
  },
  ApiKeyRevoked: { version: 1, data: object({}) },
});
