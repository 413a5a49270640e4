import { CampaignId, instantOf } from '#domain/kernel/index';
import {
  deliveryQueue,
  PARTITIONS,
  partitionOf,
  type Queue,
} from '#projections/delivery-queue/index';
import { errorDetails, isUnreachable } from '#libs/projecting/index';
import type { ReadStore } from '#libs/read-store/port';
import { moveCampaign } from '../campaigns/campaign-commands.ts';
import type { CampaignWatch } from '../campaigns/campaign-watch.ts';
import { isFatal } from '../steady-loop.ts';
import type { Crew } from '../crew.ts';
import type { WorkLeases } from '../work-leases.ts';
import { deliverBatch, type BatchParts } from './deliver-batch.ts';
import type { Dispatcher } from './dispatcher.ts';
import { DueQueue, type Due } from './due-queue.ts';
import type { Known } from './journal.ts';
import { partitionName } from './partitions.ts';

export type DeliveryWorkParts = BatchParts &
  Readonly<{
    readStore: ReadStore;
    watch: CampaignWatch;
    work: WorkLeases;
    crew: Crew;
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

const PARTITION_NUMBERS = Array.from({ length: PARTITIONS }, (_, partition) => partition);
const partitionSource = (campaignId: CampaignId, partition: number): Source => ({
  name: partitionName(campaignId, partition),
  queue: { campaignId, partition },
  campaignId,
});

/** Claims for each message that can be under way: enough to keep the relay busy, few to be uncertain after a crash. */
const BATCH_FACTOR = 4;

/** Takes what is due from the queues, notices first, and one batch of each campaign in turn. */
export class DeliveryWork {
  readonly #parts: DeliveryWorkParts;
  readonly #queues = new Map<string, DueQueue>();

  constructor(parts: DeliveryWorkParts) {
    this.#parts = parts;
  }

  /** What this sender has just planned itself is known before the read model shows it, where others find theirs. */
  planned(campaignId: CampaignId, due: readonly Due[]): void {
    for (const [partition, some] of Map.groupBy(due, ({ entry }) => partitionOf(entry.key))) {
      if (!this.#parts.crew.isOurs(partition)) continue;
      this.#queueOf(partitionSource(campaignId, partition)).add(some);
    }
  }

  /**
   * Takes the leases of all that is this sender's now. A round comes to one part after the other, with messages in
   * between: what a lost sender had is in somebody's hands before its turn.
   */
  async takeOver(): Promise<void> {
    const { work } = this.#parts;
    await Promise.all(this.#campaigns().map(({ name }) => work.hold(`deliver/${name}`)));
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
    await this.#parts.work.releaseOthers((piece) => this.#isOpen(piece));
    return worked;
  }

  /** What is about a campaign ends with it. */
  #isOpen(piece: string): boolean {
    const about = piece.split('/')[1] ?? '';
    return !CampaignId.is(about) || this.#parts.watch.get(about) !== undefined;
  }

  /** The parts of running campaigns that are this sender's. */
  #campaigns(): readonly Source[] {
    const running = this.#parts.watch.open().filter(([, { status }]) => status === 'running');
    const own = PARTITION_NUMBERS.filter((partition) => this.#parts.crew.isOurs(partition));
    return running.flatMap(([campaignId]) =>
      own.map((partition) => partitionSource(campaignId, partition)),
    );
  }

  #queueOf({ name, queue }: Source): DueQueue {
    const known = this.#queues.get(name);
    if (known !== undefined) return known;
    const made = new DueQueue(this.#parts.readStore.model(deliveryQueue), queue);
    this.#queues.set(name, made);
    return made;
  }

  async #deliver(source: Source): Promise<boolean> {
    const { work, clock, concurrency } = this.#parts;
    if (!(await work.hold(`deliver/${source.name}`))) return false;
    const now = instantOf(clock());
    const next = await this.#queueOf(source).next(concurrency * BATCH_FACTOR, now);
    if (next.length === 0) return false;
    try {
      return await this.#take(source, next);
    } catch (error) {
      // They have had no turn: another queue begins at the beginning.
      this.#queues.delete(source.name);
      throw error;
    }
  }

  /** False when the campaign does not run any more. */
  async #take({ name, campaignId }: Source, next: readonly Known[]): Promise<boolean> {
    const { dispatcher, concurrency, watch } = this.#parts;
    // The next batch is made ready while the last messages of the one before are under way.
    await dispatcher.untilWaiting(concurrency);
    await watch.refresh();
    if (campaignId !== undefined && watch.get(campaignId)?.status !== 'running') {
      this.#queues.delete(name);
      return false;
    }
    await this.#claim(next);
    return true;
  }

  /**
   * What is claimed leaves, whatever fails after: it is in nobody else's hands. A delivery that cannot even be read
   * holds up no other. A server that is away is not its fault.
   */
  async #claim(known: readonly Known[]): Promise<void> {
    try {
      const { claimed, faulty, again } = await deliverBatch(this.#parts, known);
      this.#parts.dispatcher.add(claimed);
      for (const id of faulty) await this.#stop(id);
      if (again.length > 0) await this.#claim(again);
    } catch (error) {
      if (isFatal(error) || isUnreachable(error)) throw error;
      const [only, ...others] = known;
      if (only === undefined) return;
      if (others.length > 0) {
        for (const { key } of known) await this.#claim([{ key }]);
        return;
      }
      const details = { event: 'delivery-failed', delivery: only.key, ...errorDetails(error) };
      this.#parts.log.error(details, 'A delivery could not be prepared and is left as it is.');
    }
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
