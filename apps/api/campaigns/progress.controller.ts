import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  concat,
  concatMap,
  defer,
  distinctUntilChanged,
  of,
  takeWhile,
  timer,
  type Observable,
} from 'rxjs';
import { Needs } from '../http/access/access.ts';
import { Calling, type Caller } from '../http/caller.ts';
import { sendEvents, type ServerEvent } from '../http/server-events.ts';
import { Does } from '../openapi/operation.ts';
import type { CampaignAnswer } from './campaign.dto.ts';
import { Campaigns } from './campaigns.ts';

const EVERY = 500;
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
    await sendEvents(request, reply, this.#events(id, caller));
  }

  #events(id: string, caller: Caller): Observable<ServerEvent> {
    const now = async (): Promise<CampaignAnswer> =>
      this.#campaigns.view(id, await this.#campaigns.own(id, caller), caller);
    const changes = timer(0, EVERY).pipe(
      concatMap(() => defer(now)),
      takeWhile(({ status }) => !ENDED.includes(status), true),
      concatMap((campaign) => of(JSON.stringify(campaign))),
      distinctUntilChanged(),
      concatMap((data) => of({ event: 'progress', data })),
    );
    return concat(changes, of({ event: 'end', data: '{}' }));
  }
}
