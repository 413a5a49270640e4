import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  instantOf,
  RecipientId,
  type Language,
  type Position,
  type Recorded,
} from '#domain/kernel/index';
import { isForgotten, recipientStream, type RecipientEvent } from '#domain/recipient/index';
import { Needs } from '../../http/access/access.ts';
import { found, type Answer } from '../../http/answer.ts';
import { Calling, type Caller } from '../../http/caller.ts';
import { problem, unknown } from '../../http/problem.ts';
import { Choice } from '../../http/schema/index.ts';
import { Does } from '../../openapi/operation.ts';
import { acceptedLanguages, firstOffered, pageLanguageOf } from '../../public/html/language.ts';
import { folded, Streams } from '../../streams.ts';
import { acceptedDossierFormat } from '../dossier/accepted-format.ts';
import { receiptPage } from './page/receipt-page.ts';
import { RECEIPT_FORMATS, RECEIPT_LANGUAGES, type SignedReceipt } from './receipt-document.ts';
import { ReceiptDesk } from './receipt-desk.ts';
import { RECEIPT_SCHEMA } from './receipt-schema.ts';

export class ReceiptQuery {
  @Choice(RECEIPT_FORMATS, {
    optional: true,
    description: 'By `Accept` when absent: `text/html` is a page with the signed file in it.',
  })
  format?: (typeof RECEIPT_FORMATS)[number];

  @Choice(RECEIPT_LANGUAGES, {
    optional: true,
    description: 'Of the page; by `Accept-Language`, then the person’s own when absent.',
  })
  language?: (typeof RECEIPT_LANGUAGES)[number];
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

  // eslint-disable-next-line max-params -- one for each part of the request
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
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer<SignedReceipt | string>> {
    const format = query.format ?? acceptedDossierFormat(headers.accept);
    if (format === undefined) throw notAcceptable();
    const { accountId } = caller;
    const { recipientId, history, facts } = await this.#own(id, caller);
    const clock = () => instantOf(this.#streams.now());
    const receipt = await this.#desk.issue({ accountId, id: recipientId, history, clock });
    // Nobody on the way may keep what is all about one person.
    reply.header('cache-control', 'no-store');
    if (format === 'json') return found(receipt, facts);
    const language = query.language ?? languageOf(receipt, headers['accept-language']);
    const { html, policy } = receiptPage(receipt, language);
    reply.header('content-security-policy', policy).header('content-language', language);
    return found(html, { ...facts, contentType: 'text/html; charset=utf-8' });
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

const languageOf = (receipt: SignedReceipt, accepted: string | undefined): 'fr' | 'en' => {
  const wanted = [...acceptedLanguages(accepted), receipt.pii_principal.language as Language];
  return pageLanguageOf(firstOffered(wanted, [...RECEIPT_LANGUAGES] as string[] as Language[]));
};

const erased = () =>
  problem('erased', 'The person was erased: nobody is left to give a receipt to.');

const notAcceptable = () =>
  problem('not-acceptable', 'A receipt is to be had as application/json or text/html.');
