import type { ApiKeyEvent } from './events.ts';
import type { ApiKey } from './state.ts';

/** Total: once revoked, a key stays revoked whatever follows. */
export const evolve = (key: ApiKey, event: ApiKeyEvent): ApiKey => {
  switch (event.type) {
    case 'ApiKeyIssued':
      return key.status === 'revoked' ? key : { ...event.data, status: 'valid' };
    case 'ApiKeyRevoked':
      return key.status === 'none' ? key : { ...key, status: 'revoked' };
  }
};
