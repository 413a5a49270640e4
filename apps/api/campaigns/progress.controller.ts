import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Needs } from '../http/access/access.ts';
import { Calling, type Caller } from '../http/caller.ts';
import { progressEvents } from '../http/progress-events.ts';
import { sendEvents } from '../http/server-events.ts';
import { Does } from '../openapi/operation.ts';
import { Campaigns } from './campaigns.ts';

const ENDED = ['cancelled', 'completed'];

/** A campaign's progress while it happens. */
@ApiTags('campaigns')
@Needs('campaigns')
@Controller('v1/campaigns/:id/progress')
export class CampaignProgressController {
  readonly #campaigns: Campaigns;

  constructor(campaigns: Campaigns) {
    this.#campaigns = campaigns;
  }

  @Get()
  @ApiProduces('text/event-stream')
  @ApiResponse({
    status: 200,
    description:
      'Server-sent events: `progress` with the campaign as JSON whenever it changes, and `end` when it has ended.',
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  })
  @Does('Follow the progress of a campaign')
  async follow(
    @Param('id') id: string,
    @Calling() caller: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.#campaigns.own(id, caller);
    const look = async () =>
      this.#campaigns.view(id, await this.#campaigns.own(id, caller), caller);
    await sendEvents(request, reply, progressEvents(look, ENDED));
  }
}
