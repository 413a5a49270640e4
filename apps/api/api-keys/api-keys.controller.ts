import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AccountId, ApiKeyId } from '#domain/kernel/index';
import { accountStream } from '#domain/account/index';
import { apiKeyStream, type ApiKey } from '#domain/api-key/index';
import { formatApiKey, hashOfSecret } from '../http/access/api-key-format.ts';
import { ForOperator } from '../http/access/access.ts';
import { created, done, type Answer } from '../http/answer.ts';
import { Calling, type Caller } from '../http/caller.ts';
import { unknown } from '../http/problem.ts';
import { PageQuery, pageOf, type Page } from '../http/schema/index.ts';
import { Does } from '../openapi/operation.ts';
import { Catalogue } from '../reading/catalogue.ts';
import { Streams } from '../streams.ts';
import { ApiKeyAnswer, IssueApiKeyDto, IssuedApiKeyAnswer } from './api-key.dto.ts';
import { Secrets } from './secrets.ts';

/** The keys of one account, as the operator hands them out. */
@ApiTags('accounts')
@ForOperator()
@Controller('v1/accounts/:id/api-keys')
export class ApiKeysController {
  readonly #streams: Streams;
  readonly #catalogue: Catalogue;
  readonly #secrets: Secrets;

  constructor(streams: Streams, catalogue: Catalogue, secrets: Secrets) {
    this.#streams = streams;
    this.#catalogue = catalogue;
    this.#secrets = secrets;
  }

  @Post()
  @Does('Issue a key; it is shown this once', { status: 201, type: IssuedApiKeyAnswer })
  async issue(
    @Param('id') id: string,
    @Body() { name, scopes }: IssueApiKeyDto,
    @Calling() caller: Caller,
  ): Promise<Answer<IssuedApiKeyAnswer>> {
    const accountId = await this.#account(id);
    const keyId = this.#streams.newId(ApiKeyId, caller);
    const secret = this.#secrets.secretFor(caller);
    const command = {
      type: 'IssueApiKey',
      accountId,
      name,
      scopes,
      secretHash: hashOfSecret(secret),
    } as const;
    const { facts } = await this.#streams.run(apiKeyStream, keyId, command, caller, { accountId });
    return created({ id: keyId, name, scopes, key: formatApiKey(keyId, secret) }, facts);
  }

  @Get()
  @Does('List the keys of an account', { status: 200, type: pageOf(ApiKeyAnswer) })
  async list(
    @Param('id') id: string,
    @Query() query: PageQuery,
    @Calling() caller: Caller,
  ): Promise<Page<ApiKeyAnswer>> {
    const accountId = await this.#account(id);
    const page = await this.#catalogue.page(caller, 'apikey', query, accountId);
    const keys = await this.#streams.readMany(apiKeyStream, page.ids);
    return { items: keys.flatMap(({ key, state }) => view(key, state)), next: page.next };
  }

  @Delete(':keyId')
  @Does('Revoke a key at once', { status: 204 })
  async revoke(
    @Param('id') id: string,
    @Param('keyId') keyId: string,
    @Calling() caller: Caller,
  ): Promise<Answer<undefined>> {
    const accountId = await this.#account(id);
    if (!ApiKeyId.is(keyId)) throw unknown('key');
    const { state } = await this.#streams.read(apiKeyStream, keyId);
    if (state.status === 'none' || state.accountId !== accountId) throw unknown('key');
    const command = { type: 'RevokeApiKey' } as const;
    const { facts } = await this.#streams.run(apiKeyStream, keyId, command, caller, { accountId });
    return done(facts);
  }

  async #account(id: string): Promise<AccountId> {
    if (!AccountId.is(id)) throw unknown('account');
    const account = await this.#streams.read(accountStream, id);
    if (account.state.status === 'none') throw unknown('account');
    return id;
  }
}

const view = (id: string, key: ApiKey): ApiKeyAnswer[] =>
  key.status === 'none'
    ? []
    : [{ id, name: key.name, scopes: [...key.scopes], status: key.status }];
