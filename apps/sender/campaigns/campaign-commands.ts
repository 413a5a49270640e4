import { instantOf, type CampaignId, type Refusal, type Result } from '#domain/kernel/index';
import { campaignStream, type Campaign } from '#domain/campaign/index';
import { handle } from '#libs/commands/index';
import type { Ledger } from '#libs/ledger/port';
import type { Clock } from '#libs/projecting/index';
import { systemContext } from '../system-context.ts';

type Move =
  | Readonly<{ type: 'StartCampaign' | 'CompleteCampaign' }>
  | Readonly<{ type: 'PauseCampaign'; cause: 'check-failed' }>;

/** Moves a campaign on. A refusal means that somebody else moved it first: there is nothing to do then. */
export const moveCampaign = async (
  { ledger, clock }: Readonly<{ ledger: Ledger; clock: Clock }>,
  campaignId: CampaignId,
  campaign: Campaign,
  move: Move,
): Promise<Result<unknown, Refusal>> => {
  const { accountId } = campaign;
  if (accountId === undefined) throw new Error('A campaign that was never drafted.');
  const now = instantOf(clock());
  return handle(ledger, {
    definition: campaignStream,
    key: campaignId,
    command: { ...move, now },
    context: systemContext({ accountId, correlationId: campaignId, now }),
  });
};
