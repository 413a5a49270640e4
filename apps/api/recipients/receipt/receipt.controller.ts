import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import {
  instantOf,
  RecipientId,
  type Language,
  type Position,
  type Recorded,
} from '#domain/kernel/index';
import { isForgotten, recipientStream, type RecipientEvent } from '#domain/recipient/index';
import { Needs } from '../../http/access/access.ts';
import type { Answer } from '../../http/answer.ts';
import { Calling, type Caller } from '../../http/caller.ts';
import { problem, unknown } from '../../http/problem.ts';
import { Choice } from '../../http/schema/index.ts';
import { Does } from '../../openapi/operation.ts';
import { folded, Streams } from '../../streams.ts';
import { askedFormat, askedLanguage } from '../proof/asked-form.ts';
import {
  PROOF_FORMATS,
  PROOF_LANGUAGES,
  type ProofFormat,
  type ProofLanguage,
} from '../proof/proof-forms.ts';
import { proofAsData, proofAsPage } from '../proof/proof-answer.ts';
import { receiptPage } from './page/receipt-page.ts';
import { type SignedReceipt } from './receipt-document.ts';
import { ReceiptDesk } from './receipt-desk.ts';
import { RECEIPT_SCHEMA } from './receipt-schema.ts';

export class ReceiptQuery {
  @Choice(PROOF_FORMATS, {
    optional: true,
    description: 'By `Accept` when absent: `text/html` is a page with the signed file in it.',
  })
  format?: ProofFormat;

  @Choice(PROOF_LANGUAGES, {
    optional: true,
    description: 'Of the page; by `Accept-Language`, then the person’s own when absent.',
  })
  language?: ProofLanguage;
}

type History = readonly Recorded<RecipientEvent>[];
type Facts = Readonly<{ revision: number; position: Position | undefined }>;

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
  @ApiProduces('application/json', 'text/html')
  @ApiResponse({
    status: 200,
    description: 'Signed. Keep it as it comes: it verifies without Attesta.',
    content: {
      'application/json': { schema: RECEIPT_SCHEMA },
      'text/html': { schema: { type: 'string' } },
    },
  })
  @Does('The consent receipt of a recipient')
  async read(
    @Param('id') id: string,
    @Query() query: ReceiptQuery,
    @Calling() caller: Caller,
    @Req() { headers }: FastifyRequest,
  ): Promise<Answer<SignedReceipt | string>> {
    const format = askedFormat(query.format, headers.accept);
    const { accountId } = caller;
    const { recipientId, history, facts } = await this.#own(id, caller);
    const clock = () => instantOf(this.#streams.now());
    const receipt = await this.#desk.issue({ accountId, id: recipientId, history, clock });
    if (format === 'json') return proofAsData(receipt, facts);
    const theirs = [receipt.pii_principal.language as Language];
    const language = askedLanguage(query.language, headers['accept-language'], theirs);
    return proofAsPage(receiptPage(receipt, language), language, facts);
  }

  /** A person whom a receipt can be given to. Throws the problems `not-found` and `erased`. */
  async #own(
    id: string,
    { accountId }: Caller,
  ): Promise<Readonly<{ recipientId: RecipientId; history: History; facts: Facts }>> {
    if (!RecipientId.is(id)) throw unknown('recipient');
    const history = await this.#streams.ledger.read(recipientStream, id);
    if (history[0]?.metadata.accountId !== accountId) throw unknown('recipient');
    const { state, facts } = folded(recipientStream, id, history);
    if (isForgotten(state)) throw unknown('recipient');
    if (state.erased !== undefined) throw erased();
    return { recipientId: id, history, facts };
  }
}

const erased = () =>
  problem('erased', 'The person was erased: nobody is left to give a receipt to.');
