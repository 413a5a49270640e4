import {
  instantOf,
  type CampaignId,
  type Instant,
  type Position,
  type RecipientId,
} from '#domain/kernel/index';
import type { AccountTerms } from '#domain/account/index';
import { campaignStream, type Campaign } from '#domain/campaign/index';
import { maySend } from '#domain/consent/index';
import { deliveryStream, type DeliveryCommand, type DeliveryContent } from '#domain/delivery/index';
import type { Recipient } from '#domain/recipient/index';
import { countDeliveries, deliveryQueue, keysInCampaign } from '#projections/delivery-queue/index';
import { listMembers } from '#projections/list-members/index';
import { handle, handleMany } from '#libs/commands/index';
import { uuidV5 } from '#libs/ledger/index';
import { whenProcessed, type Clock } from '#libs/projecting/index';
import type { ReadModel, ReadStore } from '#libs/read-store/port';
import type { Ledger } from '#libs/ledger/port';
import { audienceOf } from './audience.ts';
import { planningProgress, type PlanningProgress } from './planning-progress.ts';
import type { Due } from '../delivery/due-queue.ts';
import { freshRecipients } from '../delivery/gate.ts';
import { systemContext } from '../system-context.ts';

const BATCH = 500;
const READ_MODEL_TIMEOUT_MILLISECONDS = 30_000;
/** Namespace of the ids of planning commands: planning twice is recognised as one (RFC 9562 s. 5.5). */
const PLANNING = 'b0c1f7d2-6f0e-5a53-9d0a-3b7a5b1f6f21';

type Planning = Readonly<{
  ledger: Ledger;
  readStore: ReadStore;
  clock: Clock;
  signal: AbortSignal;
  campaignId: CampaignId;
  campaign: Campaign;
  terms: AccountTerms;
  /** False when another sender has taken over this campaign. */
  isOurs: () => Promise<boolean>;
  /** Told of deliveries that are on record as planned and can be sent at once. */
  planned: (campaignId: CampaignId, due: readonly Due[]) => void;
}>;
type Required = Readonly<{
  accountId: NonNullable<Campaign['accountId']>;
  newsletterId: NonNullable<Campaign['newsletterId']>;
}>;

const required = ({ accountId, newsletterId }: Campaign): Required => {
  if (accountId === undefined || newsletterId === undefined)
    throw new Error('A campaign that was never drafted.');
  return { accountId, newsletterId };
};

const planCommand = (
  planning: Planning,
  recipientId: RecipientId,
  recipient: Recipient,
  now: Instant,
): DeliveryCommand => {
  const { campaign, campaignId, terms } = planning;
  const { accountId, newsletterId } = required(campaign);
  const content: DeliveryContent = { kind: 'newsletter', newsletterId, campaignId };
  const { listIds } = campaign.audience;
  const decision = maySend(recipient, terms, { class: 'commercial', listIds }, now);
  if (!decision.allow) {
    const reason = decision.reasons[0]?.code ?? 'no-consent';
    return { type: 'SkipDelivery', accountId, recipientId, content, reason, now };
  }
  const own = listIds.filter((listId) => recipient.lists.get(listId)?.status === 'subscribed');
  return { type: 'PlanDelivery', accountId, recipientId, content, listIds: own, now };
};

const keyOf = ({ campaign }: Planning, recipientId: RecipientId): string =>
  `${required(campaign).newsletterId}.${recipientId}`;

const request = (planning: Planning, recipientId: RecipientId, command: DeliveryCommand) => {
  const { campaignId, campaign } = planning;
  const { accountId, newsletterId } = required(campaign);
  return {
    definition: deliveryStream,
    key: keyOf(planning, recipientId),
    command,
    context: systemContext({
      accountId,
      correlationId: campaignId,
      commandId: uuidV5(PLANNING, `${campaignId}.${recipientId}.${command.type}`),
      evidence: { newsletterId, campaignId },
      now: command.now,
    }),
  };
};

/** Whoever got the newsletter by another campaign does not get it again, and that is on record (SND-3). */
const skipReceived = (planning: Planning, recipientId: RecipientId, now: Instant) => {
  const { campaignId, campaign } = planning;
  const { accountId, newsletterId } = required(campaign);
  const content = { kind: 'newsletter', newsletterId, campaignId } as const;
  const reason = 'already-received';
  const command = { type: 'SkipDelivery', accountId, recipientId, content, reason, now } as const;
  return request(planning, recipientId, command);
};

const planBatch = async (planning: Planning, ids: readonly RecipientId[]): Promise<void> => {
  const { ledger, clock } = planning;
  const now = instantOf(clock());
  const recipients = await freshRecipients(ledger, ids);
  const requests = recipients.flatMap((recipient, index) => {
    const id = ids[index];
    return id === undefined
      ? []
      : [request(planning, id, planCommand(planning, id, recipient, now))];
  });
  const outcomes = await handleMany(ledger, requests);
  const due = outcomes.flatMap((outcome, index): Due[] => {
    const key = requests[index]?.key;
    if (key === undefined || !outcome.ok || outcome.value.events[0]?.type !== 'DeliveryPlanned')
      return [];
    const { state: delivery, revision } = outcome.value;
    return [{ entry: { key, delivery, revision }, dueAt: now }];
  });
  planning.planned(planning.campaignId, due);
  const received = ids.filter((_, index) => {
    const outcome = outcomes[index];
    return outcome?.ok === false && outcome.error.code === 'already-received';
  });
  await handleMany(
    ledger,
    received.map((id) => skipReceived(planning, id, now)),
  );
};

/** Those of a batch who are not on record yet, as far as the read model has heard. */
const notOnRecord = async (
  planning: Planning,
  queue: ReadModel,
  ids: readonly RecipientId[],
): Promise<readonly RecipientId[]> => {
  const keys = ids.map((id) => keyOf(planning, id));
  const known = await keysInCampaign(queue, planning.campaignId, keys);
  return ids.filter((_, index) => !known.has(keys[index] ?? ''));
};

/** Plans for all members after those who are on record. False when it was ended before. */
const planMembers = async (
  planning: Planning,
  queue: ReadModel,
  progress: PlanningProgress | undefined,
): Promise<boolean> => {
  for await (const ids of audienceBatches(planning, progress?.after)) {
    if (planning.signal.aborted || !(await planning.isOurs())) return false;
    const [first] = ids;
    const isBegun = progress !== undefined && first !== undefined && first <= progress.last;
    const left = isBegun ? await notOnRecord(planning, queue, ids) : ids;
    if (left.length > 0) await planBatch(planning, left);
  }
  return true;
};

/**
 * Gives every member of a campaign's audience a delivery, or a skip with its reason, each after a decision of
 * its own (C-01). May be broken off anywhere and begun again. False when the signal ended it, or when the
 * members of the lists cannot be known yet.
 */
export const planCampaign = async (planning: Planning): Promise<boolean> => {
  const { ledger, readStore, clock, campaign, campaignId } = planning;
  const { accountId, newsletterId } = required(campaign);
  const queue = readStore.model(deliveryQueue);
  const progress = await planningProgress(queue, { campaignId, newsletterId }, BATCH);
  // Everybody who is on a list when the planning begins is in the audience.
  const members = readStore.model(listMembers);
  if (!(await isCaughtUp(planning, members, progress?.position))) return false;
  if (!(await planMembers(planning, queue, progress))) return false;
  // What is on record counts: a planning that was broken off has planned some who have left since.
  if (!(await isCaughtUp(planning, queue))) return false;
  const audience = await countDeliveries(queue, campaignId);
  const now = instantOf(clock());
  await handle(ledger, {
    definition: campaignStream,
    key: campaignId,
    command: { type: 'CompletePlanning', audience, now },
    context: systemContext({ accountId, correlationId: campaignId, now }),
  });
  return true;
};

/** Whether a read model has seen everything up to a position, or all that there is now; waits a while for it. */
const isCaughtUp = async (
  { ledger, signal }: Planning,
  model: ReadModel,
  position?: Position,
): Promise<boolean> => {
  const upTo = position ?? (await ledger.head());
  const wait = { timeoutMilliseconds: READ_MODEL_TIMEOUT_MILLISECONDS, signal };
  return upTo === undefined || whenProcessed(model, upTo, wait);
};

const audienceBatches = ({ readStore, campaign }: Planning, after: RecipientId | undefined) =>
  audienceOf(readStore.model(listMembers), campaign.audience.listIds, { batchSize: BATCH, after });
