import {
  splitStreamName,
  type CampaignId,
  type Position,
  type Recorded,
} from '#domain/kernel/index';
import { campaignStream, type Campaign, type CampaignEvent } from '#domain/campaign/index';
import type { Ledger, LedgerAppend } from '#libs/ledger/port';

const PAGE = 500;

/**
 * Where every campaign stands. Campaigns are few, so all that is going on fits into memory; what has ended is
 * forgotten.
 */
export class CampaignWatch {
  readonly #ledger: Ledger;
  readonly #campaigns = new Map<CampaignId, Campaign>();
  #seen: Position | undefined;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** Takes in what was recorded since the last time. */
  async refresh(): Promise<void> {
    const formats = [campaignStream as unknown as LedgerAppend['format']];
    const head = await this.#ledger.head();
    for (;;) {
      const page = await this.#ledger.readAll({ after: this.#seen, limit: PAGE, formats });
      for (const recorded of page) this.#take(recorded as Recorded<CampaignEvent>);
      if (page.length < PAGE) break;
    }
    // Whatever lies between the last campaign's event and the head is of no interest: never read it again.
    if (head !== undefined && head > (this.#seen ?? '')) this.#seen = head;
  }

  /** Campaigns that may still need work, with the state they are in. */
  open(): readonly (readonly [CampaignId, Campaign])[] {
    return [...this.#campaigns];
  }

  get(id: CampaignId): Campaign | undefined {
    return this.#campaigns.get(id);
  }

  /** Forgets a cancelled campaign of which nothing waits any more. */
  forget(id: CampaignId): void {
    this.#campaigns.delete(id);
  }

  #take({ stream, event, position }: Recorded<CampaignEvent>): void {
    const id = splitStreamName(stream).key as CampaignId;
    const before = this.#campaigns.get(id) ?? campaignStream.initialState;
    const after = campaignStream.evolve(before, event);
    if (after.status === 'completed') this.#campaigns.delete(id);
    else this.#campaigns.set(id, after);
    this.#seen = position;
  }
}
