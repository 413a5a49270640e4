import { distinct, ok, refuse, sameJson, type Result } from '#domain/kernel/index';
import type { CampaignCommand, CompletePlanning, DraftCampaign } from './commands.ts';
import type { CampaignEvent } from './events.ts';
import {
  AUDIENCE_NOT_PLANNED,
  CAMPAIGN_EXISTS,
  LIST_REQUIRED,
  START_IN_THE_PAST,
  UNKNOWN_CAMPAIGN,
  wrongStatus,
  type CampaignRejection,
} from './rejections.ts';
import type { Campaign, CampaignStatus } from './state.ts';

type Decision = Result<readonly CampaignEvent[], CampaignRejection>;
type Move = Readonly<{ from: readonly CampaignStatus[]; to: CampaignStatus; event: CampaignEvent }>;

export const decide = (command: CampaignCommand, campaign: Campaign): Decision =>
  command.type === 'DraftCampaign' ? draft(command, campaign) : proceed(command, campaign);

const draft = (command: DraftCampaign, campaign: Campaign): Decision => {
  const { accountId, newsletterId, startAt, now } = command;
  const audience = { listIds: distinct(command.audience.listIds) };
  if (campaign.status !== 'none') {
    const { accountId: account, newsletterId: newsletter, startAt: start } = campaign;
    const before = [account, newsletter, start, campaign.audience];
    return sameJson(before, [accountId, newsletterId, startAt, audience])
      ? ok([])
      : refuse(CAMPAIGN_EXISTS);
  }
  if (audience.listIds.length === 0) return refuse(LIST_REQUIRED);
  if (startAt !== undefined && startAt < now) return refuse(START_IN_THE_PAST);
  const drafted = { accountId, newsletterId, audience };
  const scheduled: readonly CampaignEvent[] =
    startAt === undefined ? [] : [{ type: 'CampaignScheduled', data: { startAt } }];
  return ok([{ type: 'CampaignDrafted', data: drafted }, ...scheduled]);
};

const proceed = (
  command: Exclude<CampaignCommand, DraftCampaign>,
  campaign: Campaign,
): Decision => {
  const { status } = campaign;
  if (status === 'none') return refuse(UNKNOWN_CAMPAIGN);
  const at = command.now;
  switch (command.type) {
    case 'StartCampaign':
      return move(status, {
        from: ['draft', 'planned'],
        to: 'running',
        event: { type: 'CampaignStarted', data: { at } },
      });
    case 'PauseCampaign':
      return move(status, {
        from: ['running'],
        to: 'paused',
        event: { type: 'CampaignPaused', data: { at, cause: command.cause } },
      });
    case 'ResumeCampaign':
      return move(status, {
        from: ['paused'],
        to: 'running',
        event: { type: 'CampaignResumed', data: { at } },
      });
    case 'CancelCampaign':
      return move(status, {
        from: ['draft', 'planned', 'running', 'paused'],
        to: 'cancelled',
        event: { type: 'CampaignCancelled', data: { at } },
      });
    case 'CompletePlanning':
      return completePlanning(command, status, campaign.planned);
    case 'CompleteCampaign':
      return complete(status, campaign.planned, { type: 'CampaignCompleted', data: { at } });
  }
};

/** Already there: no event. From anywhere but `from`: refused. */
const move = (status: CampaignStatus, { from, to, event }: Move): Decision => {
  if (status === to) return ok([]);
  return from.includes(status) ? ok([event]) : refuse(wrongStatus(status));
};

/** A pause does not stop the planning, which sends nothing. */
const completePlanning = (
  { audience, now }: CompletePlanning,
  status: CampaignStatus,
  planned: number | undefined,
): Decision => {
  if (planned !== undefined) return ok([]);
  return status === 'running' || status === 'paused'
    ? ok([{ type: 'CampaignAudiencePlanned', data: { audience, at: now } }])
    : refuse(wrongStatus(status));
};

const complete = (
  status: CampaignStatus,
  planned: number | undefined,
  event: CampaignEvent,
): Decision => {
  const decision = move(status, { from: ['running'], to: 'completed', event });
  const isTooEarly = status === 'running' && planned === undefined;
  return isTooEarly ? refuse(AUDIENCE_NOT_PLANNED) : decision;
};
