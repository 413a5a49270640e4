import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CampaignId, instantOf } from '#domain/kernel/index';
import { campaignStream, type CampaignCommand } from '#domain/campaign/index';
import { Needs } from '../http/access/access.ts';
import { created, found, type Answer } from '../http/answer.ts';
import { Calling, type Caller } from '../http/caller.ts';
import { PageQuery, pageOf, ReadQuery, type Page } from '../http/schema/index.ts';
import { Does } from '../openapi/operation.ts';
import { Catalogue } from '../reading/catalogue.ts';
import { NothingDto } from '../recipients/consents/consents.controller.ts';
import { instantFrom } from '../recipients/explain/as-of.ts';
import { References } from '../references.ts';
import { Streams } from '../streams.ts';
import { CampaignAnswer, CreateCampaignDto } from './campaign.dto.ts';
import { Campaigns } from './campaigns.ts';

/** One send of a newsletter to an audience (SND-2). */
@ApiTags('campaigns')
@Needs('campaigns')
@Controller('v1/campaigns')
export class CampaignsController {
  readonly #streams: Streams;
  readonly #catalogue: Catalogue;
  readonly #references: References;
  readonly #campaigns: Campaigns;

  constructor(
    streams: Streams,
    catalogue: Catalogue,
    references: References,
    campaigns: Campaigns,
  ) {
    this.#streams = streams;
    this.#catalogue = catalogue;
    this.#references = references;
    this.#campaigns = campaigns;
  }

  @Post()
  @Does('Draft a campaign, or plan one with `startAt`', { status: 201, type: CampaignAnswer })
  async create(
    @Body() { newsletterId, audience, startAt }: CreateCampaignDto,
    @Calling() caller: Caller,
  ): Promise<Answer<CampaignAnswer>> {
    const { accountId } = caller;
    await this.#references.newsletter(accountId, newsletterId);
    await this.#references.lists(accountId, audience.listIds, 'audience.listIds');
    const id = this.#streams.newId(CampaignId, caller);
    const command = {
      type: 'DraftCampaign',
      accountId,
      newsletterId,
      audience: { listIds: audience.listIds },
      ...(startAt !== undefined && { startAt: instantFrom(startAt) }),
      now: instantOf(this.#streams.now()),
    } as const;
    const made = await this.#streams.run(campaignStream, id, command, caller);
    const view = await this.#campaigns.view(id, made, caller);
    return created(view, { ...made.facts, location: `/v1/campaigns/${id}` });
  }

  @Get()
  @Does('List the campaigns', { status: 200, type: pageOf(CampaignAnswer) })
  async list(@Query() query: PageQuery, @Calling() caller: Caller): Promise<Page<CampaignAnswer>> {
    const page = await this.#catalogue.page(caller, 'campaign', query);
    const campaigns = await this.#streams.readMany(campaignStream, page.ids);
    const items = campaigns.map((campaign) => this.#campaigns.view(campaign.key, campaign, caller));
    return { items: await Promise.all(items), next: page.next };
  }

  @Get(':id')
  @Does('Read a campaign and its progress', { status: 200, type: CampaignAnswer })
  async read(
    @Param('id') id: string,
    @Query() { after }: ReadQuery,
    @Calling() caller: Caller,
  ): Promise<Answer<CampaignAnswer>> {
    const campaign = await this.#campaigns.own(id, caller);
    return found(await this.#campaigns.view(id, campaign, caller, after), campaign.facts);
  }

  @Post(':id/start')
  @HttpCode(200)
  @Does('Start a campaign now', { status: 200, type: CampaignAnswer })
  start(@Param('id') id: string, @Body() _body: NothingDto, @Calling() caller: Caller) {
    return this.#move(id, { type: 'StartCampaign', now: this.#now() }, caller);
  }

  @Post(':id/pause')
  @HttpCode(200)
  @Does('Pause a campaign: nothing more is sent', { status: 200, type: CampaignAnswer })
  pause(@Param('id') id: string, @Body() _body: NothingDto, @Calling() caller: Caller) {
    return this.#move(id, { type: 'PauseCampaign', cause: 'asked', now: this.#now() }, caller);
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Does('Resume a paused campaign', { status: 200, type: CampaignAnswer })
  resume(@Param('id') id: string, @Body() _body: NothingDto, @Calling() caller: Caller) {
    return this.#move(id, { type: 'ResumeCampaign', now: this.#now() }, caller);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Does('Cancel a campaign for good', { status: 200, type: CampaignAnswer })
  cancel(@Param('id') id: string, @Body() _body: NothingDto, @Calling() caller: Caller) {
    return this.#move(id, { type: 'CancelCampaign', now: this.#now() }, caller);
  }

  #now() {
    return instantOf(this.#streams.now());
  }

  async #move(
    id: string,
    command: CampaignCommand,
    caller: Caller,
  ): Promise<Answer<CampaignAnswer>> {
    const own = await this.#campaigns.own(id, caller);
    const moved = await this.#streams.run(campaignStream, own.id, command, caller);
    return found(await this.#campaigns.view(id, moved, caller), moved.facts);
  }
}
