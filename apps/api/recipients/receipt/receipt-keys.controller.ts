import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { accountStream } from '#domain/account/index';
import { AccountId } from '#domain/kernel/index';
import { Open } from '../../http/access/access.ts';
import { problem } from '../../http/problem.ts';
import { Does } from '../../openapi/operation.ts';
import { Streams } from '../../streams.ts';
import { ReceiptDesk } from './receipt-desk.ts';
import { ReceiptKeysAnswer } from './receipt-keys.dto.ts';

/** What anybody needs to verify a receipt; the receipt names this address. */
@ApiTags('public')
@Open()
@Controller('receipt-keys/:accountId')
export class ReceiptKeysController {
  readonly #streams: Streams;
  readonly #desk: ReceiptDesk;

  constructor(streams: Streams, desk: ReceiptDesk) {
    this.#streams = streams;
    this.#desk = desk;
  }

  @Get()
  @Does('The public keys that verify receipts of an account, as a JSON Web Key Set', {
    status: 200,
    type: ReceiptKeysAnswer,
  })
  async read(@Param('accountId') accountId: string): Promise<ReceiptKeysAnswer> {
    if (!AccountId.is(accountId)) throw unknownAccount();
    const account = await this.#streams.recent(accountStream, accountId);
    if (account.status === 'none') throw unknownAccount();
    const { keys } = await this.#desk.keys(accountId);
    return { keys: keys.map((key) => ({ ...key })) };
  }
}

const unknownAccount = () => problem('not-found', 'There are no receipt keys at this address.');
