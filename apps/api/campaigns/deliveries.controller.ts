import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  deliveriesOfCampaign,
  deliveryQueue,
  type QueuedDelivery,
} from '#projections/delivery-queue/index';
import { Needs } from '../http/access/access.ts';
import { Calling, type Caller } from '../http/caller.ts';
import { DEFAULT_LIMIT, pageOf, type Page } from '../http/schema/index.ts';
import { AccountTokens } from '../http/tokens/account-tokens.ts';
import { Does } from '../openapi/operation.ts';
import { ReadModels } from '../reading/read-models.ts';
import { DeliveriesQuery, DeliveryAnswer } from './campaign.dto.ts';
import { Campaigns } from './campaigns.ts';

/** What became of each recipient of a campaign (SND-7). */
@ApiTags('campaigns')
@Needs('campaigns')
@Controller('v1/campaigns/:id/deliveries')
export class DeliveriesController {
  readonly #campaigns: Campaigns;
  readonly #models: ReadModels;
  readonly #tokens: AccountTokens;

  constructor(campaigns: Campaigns, models: ReadModels, tokens: AccountTokens) {
    this.#campaigns = campaigns;
    this.#models = models;
    this.#tokens = tokens;
  }

  @Get()
  @Does('List the deliveries of a campaign', { status: 200, type: pageOf(DeliveryAnswer) })
  async list(
    @Param('id') id: string,
    @Query() query: DeliveriesQuery,
    @Calling() caller: Caller,
  ): Promise<Page<DeliveryAnswer>> {
    const campaign = await this.#campaigns.own(id, caller);
    const { accountId } = caller;
    const list = `deliveries:${id}:${query.status ?? ''}`;
    const limit = query.limit ?? DEFAULT_LIMIT;
    const model = await this.#models.upTo(deliveryQueue, accountId, query.after);
    const start =
      query.cursor === undefined
        ? undefined
        : await this.#tokens.openCursor(accountId, list, query.cursor);
    const deliveries = await deliveriesOfCampaign(model, campaign.id, {
      ...(query.status !== undefined && { status: query.status as QueuedDelivery['status'] }),
      ...(start !== undefined && { after: start.id }),
      limit: limit + 1,
    });
    const last = deliveries.length > limit ? deliveries[limit - 1] : undefined;
    const next =
      last === undefined
        ? null
        : await this.#tokens.sealCursor(accountId, list, { value: last.id, id: last.id });
    return { items: deliveries.slice(0, limit).map(view), next };
  }
}

const view = (delivery: QueuedDelivery): DeliveryAnswer => {
  const { recipientId, status, attempts, updatedAt, reason } = delivery;
  return { recipientId, status, attempts, updatedAt, ...(reason !== undefined && { reason }) };
};
