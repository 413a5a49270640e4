import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { instantOf, RecipientId } from '#domain/kernel/index';
import { isForgotten, recipientStream } from '#domain/recipient/index';
import { Needs } from '../../http/access/access.ts';
import { found, type Answer } from '../../http/answer.ts';
import { Calling, type Caller } from '../../http/caller.ts';
import { problem, unknown } from '../../http/problem.ts';
import { Does } from '../../openapi/operation.ts';
import { folded, Streams } from '../../streams.ts';
import type { SignedReceipt } from './receipt-document.ts';
import { ReceiptDesk } from './receipt-desk.ts';
import { RECEIPT_SCHEMA } from './receipt-schema.ts';

/** The proof of consent that a person can keep (CON-7). */
@ApiTags('recipients')
@Needs('recipients:read')
@Controller('v1/recipients/:id/receipt')
export class ReceiptController {
  readonly #streams: Streams;
  readonly #desk: ReceiptDesk;

  constructor(streams: Streams, desk: ReceiptDesk) {
    this.#streams = streams;
    this.#desk = desk;
  }

  @Get()
  @ApiResponse({
    status: 200,
    description: 'Signed. Keep it as it comes: it verifies without Attesta.',
    content: { 'application/json': { schema: RECEIPT_SCHEMA } },
  })
  @Does('The consent receipt of a recipient')
  async read(
    @Param('id') id: string,
    @Calling() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer<SignedReceipt>> {
    const { accountId } = caller;
    if (!RecipientId.is(id)) throw unknown('recipient');
    const history = await this.#streams.ledger.read(recipientStream, id);
    if (history[0]?.metadata.accountId !== accountId) throw unknown('recipient');
    const { state, facts } = folded(recipientStream, id, history);
    if (isForgotten(state)) throw unknown('recipient');
    if (state.erased !== undefined) throw erased();
    const clock = () => instantOf(this.#streams.now());
    const receipt = await this.#desk.issue({ accountId, id, history, clock });
    // Nobody on the way may keep what is all about one person.
    reply.header('cache-control', 'no-store');
    return found(receipt, facts);
  }
}

const erased = () =>
  problem('erased', 'The person was erased: nobody is left to give a receipt to.');
