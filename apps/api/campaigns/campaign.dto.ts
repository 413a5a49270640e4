import { CampaignId, ListId, NewsletterId, RecipientId } from '#domain/kernel/index';
import {
  Choice,
  Id,
  Ids,
  InstantText,
  Nested,
  OpenMap,
  PageQuery,
  Text,
  Whole,
} from '../http/schema/index.ts';

export const CAMPAIGN_STATUSES = [
  'draft',
  'planned',
  'running',
  'paused',
  'cancelled',
  'completed',
] as const;

export const DELIVERY_STATUSES = [
  'planned',
  'skipped',
  'attempted',
  'sent',
  'deferred',
  'failed',
  'uncertain',
  'bounced',
  'complained',
] as const;

export class AudienceDto {
  @Ids(ListId, { min: 1, description: 'Everybody on one of these lists.' })
  listIds!: ListId[];
}

export class CreateCampaignDto {
  @Id(NewsletterId)
  newsletterId!: NewsletterId;

  @Nested(() => AudienceDto)
  audience!: AudienceDto;

  @InstantText({ optional: true, description: 'When it starts by itself; a draft when absent.' })
  startAt?: string;
}

export class CampaignCountsAnswer {
  @Whole({ description: 'Everybody on the lists when the campaign started.' })
  audience!: number;

  @Whole()
  planned!: number;

  @Whole()
  skipped!: number;

  @Whole()
  sent!: number;

  @Whole()
  deferred!: number;

  @Whole()
  failed!: number;

  @Whole({ description: 'The relay may have taken it: never sent again without a decision.' })
  uncertain!: number;

  @Whole({ description: 'Planned, and without an outcome yet.' })
  pending!: number;
}

export class CampaignAnswer {
  @Id(CampaignId)
  id!: string;

  @Id(NewsletterId)
  newsletterId!: string;

  @Nested(() => AudienceDto)
  audience!: AudienceDto;

  @Choice(CAMPAIGN_STATUSES)
  status!: string;

  @InstantText({ optional: true })
  startAt?: string;

  @InstantText({ optional: true })
  startedAt?: string;

  @Nested(() => CampaignCountsAnswer)
  counts!: CampaignCountsAnswer;

  @OpenMap({ type: 'integer' }, { description: 'Skipped deliveries by reason.' })
  skippedBy!: Record<string, number>;

  @Whole()
  revision!: number;
}

export class DeliveriesQuery extends PageQuery {
  @Choice(DELIVERY_STATUSES, { optional: true })
  status?: string;
}

export class DeliveryAnswer {
  @Id(RecipientId)
  recipientId!: string;

  @Choice(DELIVERY_STATUSES)
  status!: string;

  @Text({ optional: true, description: 'Why it was skipped.' })
  reason?: string;

  @Whole()
  attempts!: number;

  @InstantText()
  updatedAt!: string;
}
