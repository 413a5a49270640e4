import { Controller, Post, Req } from '@nestjs/common';
import { ApiBody, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Needs } from '../../http/access/access.ts';
import { found, type Answer } from '../../http/answer.ts';
import { Calling, type Caller } from '../../http/caller.ts';
import { extraModels } from '../../http/schema/structures.ts';
import { Does } from '../../openapi/operation.ts';
import { SubscribeDto } from '../subscribe/subscribe.dto.ts';
import { BatchAnswer } from './batch.dto.ts';
import { itemsOf, LARGEST_BATCH } from './batch-items.ts';
import { Batches } from './batches.ts';

const ITEMS = {
  type: 'array',
  maxItems: LARGEST_BATCH,
  items: { $ref: getSchemaPath(SubscribeDto) },
};

/** Up to 10,000 people at once (IMP-2). */
@ApiTags('recipients')
@extraModels(SubscribeDto)
@Controller('v1/recipients/batch')
export class BatchController {
  readonly #batches: Batches;

  constructor(batches: Batches) {
    this.#batches = batches;
  }

  @Post()
  @Needs('recipients:write')
  @ApiBody({
    schema: ITEMS,
    description: 'A JSON array; or one item a line as application/x-ndjson.',
  })
  @Does('Subscribe many, with an outcome for each, in order', { status: 200, type: BatchAnswer })
  async subscribe(
    @Req() request: FastifyRequest,
    @Calling() caller: Caller,
  ): Promise<Answer<BatchAnswer>> {
    const { items, position } = await this.#batches.subscribe(itemsOf(request.body), caller);
    return found({ items: [...items] }, { position });
  }
}
