import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AccountId } from '#domain/kernel/index';
import { accountStream } from '#domain/account/index';
import { ForOperator } from '../http/access/access.ts';
import { created, found, type Answer } from '../http/answer.ts';
import { Calling, type Caller } from '../http/caller.ts';
import { unknown } from '../http/problem.ts';
import { PageQuery, pageOf, type Page } from '../http/schema/index.ts';
import { Does } from '../openapi/operation.ts';
import { Catalogue } from '../reading/catalogue.ts';
import { Streams } from '../streams.ts';
import { AccountAnswer, ChangeAccountDto, OpenAccountDto } from './account.dto.ts';
import { AccountWordings } from './account-wordings.ts';
import { accountView, changeAccount, openAccount } from './account-view.ts';

/** The operator's accounts. */
@ApiTags('accounts')
@ForOperator()
@Controller('v1/accounts')
export class AccountsController {
  readonly #streams: Streams;
  readonly #catalogue: Catalogue;
  readonly #wordings: AccountWordings;

  constructor(streams: Streams, catalogue: Catalogue, wordings: AccountWordings) {
    this.#streams = streams;
    this.#catalogue = catalogue;
    this.#wordings = wordings;
  }

  @Post()
  @Does('Open an account', { status: 201, type: AccountAnswer })
  async open(
    @Body() body: OpenAccountDto,
    @Calling() caller: Caller,
  ): Promise<Answer<AccountAnswer>> {
    const accountId = this.#streams.newId(AccountId, caller);
    await this.#wordings.check(accountId, body);
    const command = openAccount(body);
    const done = await this.#streams.run(accountStream, accountId, command, caller, { accountId });
    const view = accountView(accountId, done.state, done.revision);
    return created(view, { ...done.facts, location: `/v1/accounts/${accountId}` });
  }

  @Get()
  @Does('List the accounts', { status: 200, type: pageOf(AccountAnswer) })
  async list(@Query() query: PageQuery, @Calling() caller: Caller): Promise<Page<AccountAnswer>> {
    const page = await this.#catalogue.page(caller, 'account', query);
    const accounts = await this.#streams.readMany(accountStream, page.ids);
    const items = accounts.map(({ key, state, revision }) => accountView(key, state, revision));
    return { items, next: page.next };
  }

  @Get(':id')
  @Does('Read an account', { status: 200, type: AccountAnswer })
  async read(@Param('id') id: string): Promise<Answer<AccountAnswer>> {
    const { state, revision, facts } = await this.#streams.read(accountStream, idOf(id));
    return found(accountView(id, state, revision), facts);
  }

  @Patch(':id')
  @Does('Change an account', { status: 200, type: AccountAnswer })
  async change(
    @Param('id') id: string,
    @Body() body: ChangeAccountDto,
    @Calling() caller: Caller,
  ): Promise<Answer<AccountAnswer>> {
    const accountId = idOf(id);
    await this.#wordings.check(accountId, body);
    const command = changeAccount(body);
    const done = await this.#streams.run(accountStream, accountId, command, caller, { accountId });
    return found(accountView(id, done.state, done.revision), done.facts);
  }
}

const idOf = (id: string): AccountId => {
  if (!AccountId.is(id)) throw unknown('account');
  return id;
};
