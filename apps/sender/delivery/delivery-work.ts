import { instantOf, type CampaignId } from '#domain/kernel/index';
import { deliveryQueue, type Queue } from '#projections/delivery-queue/index';
import { errorDetails, isUnreachable } from '#libs/projecting/index';
import type { ReadStore } from '#libs/read-store/port';
import { moveCampaign } from '../campaigns/campaign-commands.ts';
import type { CampaignWatch } from '../campaigns/campaign-watch.ts';
import { isFatal } from '../steady-loop.ts';
import type { WorkLeases } from '../work-leases.ts';
import { deliverBatch, type BatchParts, type BatchResult } from './deliver-batch.ts';
import type { Dispatcher } from './dispatcher.ts';
import { DueQueue, type Due } from './due-queue.ts';
import type { Known } from './journal.ts';

export type DeliveryWorkParts = BatchParts &
  Readonly<{
    readStore: ReadStore;
    watch: CampaignWatch;
    work: WorkLeases;
    dispatcher: Dispatcher;
    concurrency: number;
  }>;

type Source = Readonly<{ name: string; queue: Queue; campaignId?: CampaignId }>;

const NOTICES: readonly Source[] = [
  { name: 'confirmation', queue: { notice: 'confirmation' } },
  { name: 'return-confirmation', queue: { notice: 'return-confirmation' } },
  { name: 'welcome', queue: { notice: 'welcome' } },
  { name: 'consent-request', queue: { notice: 'consent-request' } },
];

/** Claims for each message that can be under way: enough to keep the relay busy, few to be uncertain after a crash. */
const BATCH_FACTOR = 4;
const NOTHING: BatchResult = { claimed: [], faulty: [] };

/** Takes what is due from the queues, notices first, and one batch of each campaign in turn. */
export class DeliveryWork {
  readonly #parts: DeliveryWorkParts;
  readonly #queues = new Map<string, DueQueue>();

  constructor(parts: DeliveryWorkParts) {
    this.#parts = parts;
  }

  /** What this sender has just planned itself is known before the read model shows it. */
  planned(campaignId: CampaignId, due: readonly Due[]): void {
    this.#queueOf({ name: campaignId, queue: { campaignId } }).add(due);
  }

  /** One batch of each queue; false when nothing is due. */
  async round(): Promise<boolean> {
    const sources = [...NOTICES, ...this.#campaigns()];
    for (const name of this.#queues.keys()) {
      if (!sources.some((source) => source.name === name)) this.#queues.delete(name);
    }
    let worked = false;
    for (const source of sources) if (await this.#deliver(source)) worked = true;
    if (!worked) for (const queue of this.#queues.values()) queue.rewind();
    return worked;
  }

  #campaigns(): readonly Source[] {
    return this.#parts.watch
      .open()
      .filter(([, { status }]) => status === 'running')
      .map(([campaignId]) => ({ name: campaignId, queue: { campaignId }, campaignId }));
  }

  #queueOf({ name, queue }: Source): DueQueue {
    const known = this.#queues.get(name);
    if (known !== undefined) return known;
    const made = new DueQueue(this.#parts.readStore.model(deliveryQueue), queue);
    this.#queues.set(name, made);
    return made;
  }

  async #deliver(source: Source): Promise<boolean> {
    const { work, clock, dispatcher, concurrency, watch } = this.#parts;
    const lease = `deliver/${source.name}`;
    if (!(await work.hold(lease))) return false;
    const now = instantOf(clock());
    const next = await this.#queueOf(source).next(concurrency * BATCH_FACTOR, now);
    if (next.length === 0) return false;
    // The next batch is made ready while the last messages of the one before are under way.
    await work.keepWhile(lease, () => dispatcher.untilWaiting(concurrency));
    await watch.refresh();
    const { campaignId } = source;
    if (campaignId !== undefined && watch.get(campaignId)?.status !== 'running') {
      this.#queues.delete(source.name);
      return false;
    }
    const { claimed, faulty } = await this.#batch(next);
    dispatcher.add(claimed);
    for (const id of faulty) await this.#stop(id);
    return true;
  }

  /** A delivery that cannot even be read holds up no other. A server that is away is not its fault. */
  async #batch(known: readonly Known[]): Promise<BatchResult> {
    try {
      return await deliverBatch(this.#parts, known);
    } catch (error) {
      if (isFatal(error) || isUnreachable(error)) throw error;
      const [only, ...others] = known;
      if (only === undefined) return NOTHING;
      if (others.length === 0) {
        const details = { event: 'delivery-failed', delivery: only.key, ...errorDetails(error) };
        this.#parts.log.error(details, 'A delivery could not be prepared and is left as it is.');
        return NOTHING;
      }
    }
    const results: BatchResult[] = [];
    for (const { key } of known) results.push(await this.#batch([{ key }]));
    return {
      claimed: results.flatMap(({ claimed }) => claimed),
      faulty: results.flatMap(({ faulty }) => faulty),
    };
  }

  async #stop(campaignId: CampaignId): Promise<void> {
    const campaign = this.#parts.watch.get(campaignId);
    if (campaign === undefined) return;
    await moveCampaign(this.#parts, campaignId, campaign, {
      type: 'PauseCampaign',
      cause: 'check-failed',
    });
    await this.#parts.watch.refresh();
  }
}
