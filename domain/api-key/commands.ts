import type { ApiKeyIssued } from './events.ts';

export type IssueApiKey = Readonly<{ type: 'IssueApiKey' }> & ApiKeyIssued['data'];
export type RevokeApiKey = Readonly<{ type: 'RevokeApiKey' }>;
export type ApiKeyCommand = IssueApiKey | RevokeApiKey;
