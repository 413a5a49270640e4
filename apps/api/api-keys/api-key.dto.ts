import { SCOPES, type GrantedScope } from '#domain/api-key/index';
import { ApiKeyId } from '#domain/kernel/index';
import { Choice, Choices, Id, Text } from '../http/schema/index.ts';

export class IssueApiKeyDto {
  @Text({ max: 200, description: 'What the key is for.' })
  name!: string;

  @Choices([...SCOPES, '*'], { min: 1, description: '`*` stands for every scope.' })
  scopes!: GrantedScope[];
}

export class IssuedApiKeyAnswer extends IssueApiKeyDto {
  @Id(ApiKeyId)
  id!: string;

  @Text({ description: 'The key itself: shown this once, and kept as a hash only.' })
  key!: string;
}

export class ApiKeyAnswer extends IssueApiKeyDto {
  @Id(ApiKeyId)
  id!: string;

  @Choice(['valid', 'revoked'])
  status!: string;
}
