import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { accountStream } from '#domain/account/index';
import { AccountAnswer, ChangeAccountDto } from '../accounts/account.dto.ts';
import { AccountWordings } from '../accounts/account-wordings.ts';
import { accountView, changeAccount } from '../accounts/account-view.ts';
import { Needs } from '../http/access/access.ts';
import { found, type Answer } from '../http/answer.ts';
import { Calling, type Caller } from '../http/caller.ts';
import { Does } from '../openapi/operation.ts';
import { Streams } from '../streams.ts';

/** The account that the key belongs to. */
@ApiTags('account')
@Needs('account')
@Controller('v1/account')
export class AccountController {
  readonly #streams: Streams;
  readonly #wordings: AccountWordings;

  constructor(streams: Streams, wordings: AccountWordings) {
    this.#streams = streams;
    this.#wordings = wordings;
  }

  @Get()
  @Does('Read the account of the key', { status: 200, type: AccountAnswer })
  async read(@Calling() { accountId }: Caller): Promise<Answer<AccountAnswer>> {
    const { state, revision, facts } = await this.#streams.read(accountStream, accountId);
    return found(accountView(accountId, state, revision), facts);
  }

  @Patch()
  @Does('Change the account of the key', { status: 200, type: AccountAnswer })
  async change(
    @Body() body: ChangeAccountDto,
    @Calling() caller: Caller,
  ): Promise<Answer<AccountAnswer>> {
    const { accountId } = caller;
    await this.#wordings.check(accountId, body);
    const done = await this.#streams.run(accountStream, accountId, changeAccount(body), caller);
    return found(accountView(accountId, done.state, done.revision), done.facts);
  }
}
