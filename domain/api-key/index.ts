import type { StreamDefinition } from '#domain/kernel/index';
import { apiKeyCodec } from './codec.ts';
import type { ApiKeyCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { ApiKeyEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { ApiKeyRejection } from './rejections.ts';
import { NO_API_KEY, type ApiKey } from './state.ts';

export const apiKeyStream: StreamDefinition<ApiKeyCommand, ApiKey, ApiKeyEvent, ApiKeyRejection> = {
  category: 'apikey',
  initialState: NO_API_KEY,
  evolve,
  decide,
  codec: apiKeyCodec,
};

export type { ApiKeyCommand, IssueApiKey, RevokeApiKey } from './commands.ts';
export {
  SCOPES,
  type ApiKeyEvent,
  type ApiKeyIssued,
  type ApiKeyRevoked,
  type GrantedScope,
  type Scope,
} from './events.ts';
export type { ApiKeyRejection, ApiKeyRejectionCode } from './rejections.ts';
export type { ApiKey } from './state.ts';
