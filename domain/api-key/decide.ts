import { distinct, ok, refuse, sameJson, type Result } from '#domain/kernel/index';
import type { ApiKeyCommand, IssueApiKey } from './commands.ts';
import { SCOPES, type ApiKeyEvent, type ApiKeyIssued } from './events.ts';
import { API_KEY_EXISTS, UNKNOWN_API_KEY, type ApiKeyRejection } from './rejections.ts';
import type { ApiKey } from './state.ts';

type Decision = Result<readonly ApiKeyEvent[], ApiKeyRejection>;

export const decide = (command: ApiKeyCommand, key: ApiKey): Decision => {
  switch (command.type) {
    case 'IssueApiKey':
      return issue(command, key);
    case 'RevokeApiKey':
      return revoke(key);
  }
};

const issue = ({ type: _, ...terms }: IssueApiKey, key: ApiKey): Decision => {
  const data = { ...terms, scopes: distinct(terms.scopes) };
  if (key.status !== 'none') {
    return sameJson(key, { ...data, status: 'valid' }) ? ok([]) : refuse(API_KEY_EXISTS);
  }
  const fault = faultOf(data);
  return fault === undefined ? ok([{ type: 'ApiKeyIssued', data }]) : refuse(fault);
};

const faultOf = ({ name, scopes }: ApiKeyIssued['data']): ApiKeyRejection | undefined => {
  if (name.trim() === '') {
    return { code: 'name-missing', message: 'Say by a name what the key is for.', path: 'name' };
  }
  if (scopes.length === 0) {
    return {
      code: 'scope-required',
      message: `Name at least one scope, of ${SCOPES.join(', ')}, or * for all.`,
      path: 'scopes',
    };
  }
  const unknown = scopes.findIndex((scope) => scope !== '*' && !SCOPES.includes(scope));
  return unknown < 0
    ? undefined
    : {
        code: 'scope-unknown',
        message: `Scopes are ${SCOPES.join(', ')}, and * for all.`,
        path: `scopes.${unknown}`,
      };
};

const revoke = (key: ApiKey): Decision => {
  switch (key.status) {
    case 'none':
      return refuse(UNKNOWN_API_KEY);
    case 'revoked':
      return ok([]);
    case 'valid':
      return ok([{ type: 'ApiKeyRevoked', data: {} }]);
  }
};
