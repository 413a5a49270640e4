import { campaignStream } from '#domain/campaign/index';
import { fold, instantOf, type CampaignId, type Instant, type ListId } from '#domain/kernel/index';
import { planCampaign } from '#apps/sender/campaigns/plan-campaign';
import { deliverBatch, type BatchParts } from '#apps/sender/delivery/deliver-batch';
import { DeliveryJournal, type Known } from '#apps/sender/delivery/journal';
import { NewsletterRequests } from '#apps/sender/delivery/newsletter-requests';
import { outcomeCommand } from '#apps/sender/delivery/outcome-command';
import { OutcomeRecorder } from '#apps/sender/delivery/outcome-recorder';
import { ContentCompiler } from '#apps/sender/messages/content-compiler';
import { MaterialsReader } from '#apps/sender/messages/materials';
import { MessageMaker } from '#apps/sender/messages/message-maker';
import { compileNotices } from '#apps/sender/messages/notice-draft';
import { mailRenderer } from '#libs/rendering/index';
import type { Random } from './random.ts';
import type { ReadModelsUpToDate } from './read-models.ts';
import type { Year } from './year.ts';

const AT_ONCE = 250;
const BODY = {
  kind: 'html',
  html: '<html><body><p>Bonjour</p><p>{{ sender.block }}</p><p><a href="{{ links.unsubscribe }}">unsubscribe</a></p></body></html>',
} as const;
const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A campaign that was sent: to which lists, and when its audience was decided on. */
export type Sent = Readonly<{
  campaignId: CampaignId;
  listIds: readonly ListId[];
  plannedAt: Instant;
}>;

/** The sender's own planning, decision and claims; the relay alone is made up, and sometimes busy. */
export class Sending {
  readonly #year: Year;
  readonly #models: ReadModelsUpToDate;
  readonly #random: Random;
  readonly #parts: BatchParts;
  readonly #due: Known[] = [];

  private constructor(
    year: Year,
    parts: BatchParts,
    { models, random }: Readonly<{ models: ReadModelsUpToDate; random: Random }>,
  ) {
    this.#year = year;
    this.#parts = parts;
    this.#models = models;
    this.#random = random;
  }

  static async of(year: Year, models: ReadModelsUpToDate, random: Random): Promise<Sending> {
    const { ledger, clock, keyring, states } = year;
    const compiler = new ContentCompiler(mailRenderer(), QUIET);
    const notices = await compileNotices(compiler);
    const config = { publicUrl: 'https://news.example.org' };
    const maker = new MessageMaker(config, keyring.tokenKey(), notices);
    const materials = new MaterialsReader(states, compiler);
    const journal = new DeliveryJournal(ledger, new AbortController().signal);
    const recorder = new OutcomeRecorder(journal, { clock, log: QUIET });
    const requests = new NewsletterRequests({ ledger, states, log: QUIET });
    const own = { journal, recorder, materials, maker, requests };
    const parts = { ledger, ...own, claimant: 'year', clock, log: QUIET };
    return new Sending(year, parts, { models, random });
  }

  /** Starts a campaign and plans its audience. */
  async plan(listIds: readonly ListId[]): Promise<Sent> {
    const { ledger, readStore, seed, clock } = this.#year;
    const campaignId = await seed.startedCampaign(await seed.newsletter(BODY), listIds);
    await this.#models.catchUp();
    const history = await ledger.read(campaignStream, campaignId);
    const planning = planCampaign({
      ...{ ledger, readStore, clock, campaignId },
      signal: new AbortController().signal,
      campaign: fold(
        campaignStream,
        history.map(({ event }) => event),
      ),
      terms: await this.#year.terms(),
      isOurs: async () => true,
      planned: (_id, due) => {
        this.#due.push(...due.map(({ entry }) => ({ key: entry.key, entry })));
      },
    });
    if (!(await this.#models.followWhile(planning))) throw new Error('A campaign was not planned.');
    return { campaignId, listIds, plannedAt: instantOf(clock()) };
  }

  /** Sends a share of what waits; what the relay defers waits again. */
  async deliver(share: number): Promise<void> {
    const count = Math.ceil(this.#due.length * share);
    const now = this.#due.splice(0, count);
    for (let start = 0; start < now.length; start += AT_ONCE) {
      await this.#batch(now.slice(start, start + AT_ONCE));
    }
  }

  async #batch(due: readonly Known[]): Promise<void> {
    const { clock, recorder } = this.#parts;
    const { claimed, faulty, again } = await deliverBatch(this.#parts, due);
    if (faulty.length > 0) throw new Error('A message failed its check.');
    const now = instantOf(clock());
    const recorded = claimed.map(({ entry }) => {
      const isBusy = this.#random.isLikely(0.05);
      if (isBusy) this.#due.push({ key: entry.key });
      const outcome = { status: isBusy ? 'deferred' : 'accepted', reply: '' } as const;
      return recorder.record({ entry, command: outcomeCommand(entry.delivery, outcome, now) });
    });
    recorder.flush();
    await Promise.all(recorded);
    if (again.length > 0) await this.#batch(again);
  }
}
