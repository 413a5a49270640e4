import { describe, expect, it } from '@jest/globals';
import { fold } from '#domain/kernel/index';
import { specify } from '#domain/kernel/testing/specification';
import { aHash, anAccount, anotherHash } from '#domain/testing/sample-ids';
import { apiKeyStream, type ApiKeyIssued, type IssueApiKey } from './index.ts';

const data = {
  accountId: anAccount,
  name: 'Website',
  scopes: ['recipients:write', 'content'],
  secretHash: aHash,
} as const;
const issued: ApiKeyIssued = { type: 'ApiKeyIssued', data };
const issue: IssueApiKey = { type: 'IssueApiKey', ...data };
const revoked = { type: 'ApiKeyRevoked', data: {} } as const;
const revoke = { type: 'RevokeApiKey' } as const;
const key = specify(apiKeyStream);

describe('ACC-6: an API key', () => {
  it('is issued once', () => {
    key.given().when(issue).then(issued);
    key.given(issued).when(issue).thenNothing();
    const another = { ...issue, secretHash: anotherHash };
    key.given(issued).when(another).thenRefused({ code: 'api-key-exists' });
    key.given(issued, revoked).when(issue).thenRefused({ code: 'api-key-exists' });
  });

  it('names each scope once', () => {
    key
      .given()
      .when({ ...issue, scopes: ['*', '*'] })
      .then({ ...issued, data: { ...data, scopes: ['*'] } });
  });

  it('needs a name and known scopes', () => {
    key
      .given()
      .when({ ...issue, name: '' })
      .thenRefused({ code: 'name-missing', path: 'name' });
    key
      .given()
      .when({ ...issue, scopes: [] })
      .thenRefused({ code: 'scope-required' });
    key
      .given()
      .when({ ...issue, scopes: ['content', 'root' as 'content'] })
      .thenRefused({ code: 'scope-unknown', path: 'scopes.1' });
  });

  it('is revoked for good, and revoking again changes nothing', () => {
    key.given(issued).when(revoke).then(revoked);
    key.given(issued, revoked).when(revoke).thenNothing();
    key.given().when(revoke).thenRefused({ code: 'unknown-api-key' });
    expect(fold(apiKeyStream, [issued, revoked, issued]).status).toBe('revoked');
  });
});
