import { randomUUID } from 'node:crypto';
import { setTimeout as timer } from 'node:timers/promises';
import type { AnyEvent } from '#domain/kernel/index';
import { recipientStream } from '#domain/recipient/index';
import { StateCache } from '#libs/commands/index';
import { LEASE_MILLISECONDS } from '#libs/leases/port';
import type { StreamFormat } from '#libs/ledger/port';
import { readStoreCheckpoints, runSubscriber } from '#libs/projecting/index';
import { CampaignWatch } from './campaigns/campaign-watch.ts';
import { ConsentClock } from './consent-clock/consent-clock.ts';
import { CampaignWork } from './campaigns/campaign-work.ts';
import { keepAlive, LostSenders } from './claimant-lease.ts';
import { Crew } from './crew.ts';
import { DeliveryWork } from './delivery/delivery-work.ts';
import { Dispatcher } from './delivery/dispatcher.ts';
import { DeliveryJournal } from './delivery/journal.ts';
import { NewsletterRequests } from './delivery/newsletter-requests.ts';
import { OutcomeRecorder } from './delivery/outcome-recorder.ts';
import { releaseForeign } from './delivery/partitions.ts';
import { recoverClaims } from './delivery/recover-claims.ts';
import { ContentCompiler } from './messages/content-compiler.ts';
import { MaterialsReader } from './messages/materials.ts';
import { MessageMaker } from './messages/message-maker.ts';
import { compileNotices } from './messages/notice-draft.ts';
import { planConsentRequests } from './notices/plan-consent-requests.ts';
import { planNotices } from './notices/plan-notices.ts';
import { unhurried } from './notices/unhurried-checkpoints.ts';
import type { SenderParts } from './sender-parts.ts';
import { pause, steadyLoop } from './steady-loop.ts';
import { WorkLeases } from './work-leases.ts';

export type RunningSender = Readonly<{
  /** Names this sender in the claims that it makes. */
  claimant: string;
  /** Resolves once it has stopped after its signal; rejects when it had to give up. */
  stopped: Promise<void>;
}>;

/** How soon a change is noticed that nothing announces: a read model that moved on, a time that has come. */
const LOOK_MILLISECONDS = 250;
/** News come in swarms: while messages leave, each outcome is one. */
const GATHER_MILLISECONDS = 30;
/** Of the ten seconds that a stop may take, what messages under way get. */
const GRACE_MILLISECONDS = 8_000;

/** Plans campaigns, sends what is due, and answers forms, until the signal aborts. */
export const startSender = async (given: SenderParts): Promise<RunningSender> => {
  const claimant = randomUUID();
  const failure = new AbortController();
  const parts = { ...given, signal: AbortSignal.any([given.signal, failure.signal]) };
  const sender = await assemble(parts, claimant, (error) => {
    failure.abort(error);
  });
  const run = async (): Promise<void> => {
    try {
      await Promise.all(sender.loops.map((loop) => loop().catch(sender.failed)));
    } finally {
      await sender.end();
    }
    if (failure.signal.aborted) throw failure.signal.reason as Error;
  };
  parts.log.info({ event: 'sender-started', claimant }, 'The sender has started.');
  return { claimant, stopped: run() };
};

type Assembled = Readonly<{
  loops: readonly (() => Promise<void>)[];
  failed: (error: unknown) => void;
  /** Waits for messages under way and lets go of the leases. */
  end: () => Promise<void>;
}>;

const assemble = async (
  parts: SenderParts,
  claimant: string,
  failed: (error: unknown) => void,
): Promise<Assembled> => {
  const { ledger, leases, keyring, mailer, renderer, config, clock, log, signal } = parts;
  const duration = config.leaseMilliseconds ?? LEASE_MILLISECONDS;
  const life = await keepAlive({ ...parts, claimant, durationMilliseconds: duration });
  const holding = { holder: claimant, clock, duration };
  const work = new WorkLeases(leases, holding);
  const crew = new Crew(leases, holding);
  await crew.look();
  const states = new StateCache(ledger);
  const journal = new DeliveryJournal(ledger, signal);
  const lost = new LostSenders(leases, { patience: duration / 3 });
  const watch = new CampaignWatch(ledger);
  const compiler = new ContentCompiler(renderer, log);
  const maker = new MessageMaker(config, keyring.tokenKey(), await compileNotices(compiler));
  const recorder = new OutcomeRecorder(journal, { clock, log });
  const dispatcher = new Dispatcher({ mailer, recorder, clock, signal, failed });
  const materials = new MaterialsReader(states, compiler);
  const requests = new NewsletterRequests({ ledger, states, log });
  const { concurrency } = mailer;
  const own = {
    journal,
    recorder,
    materials,
    maker,
    requests,
    claimant,
    watch,
    work,
    crew,
    dispatcher,
    concurrency,
  };
  const deliveries = new DeliveryWork({ ...parts, ...own });
  const campaigns = new CampaignWork({
    ...parts,
    ...{ watch, states, journal, work },
    planned: (id, due) => {
      deliveries.planned(id, due);
    },
  });

  const clockOfConsents = new ConsentClock({ ...parts, states, work });

  const waitForNews = async (): Promise<void> => {
    const until = AbortSignal.any([signal, AbortSignal.timeout(LOOK_MILLISECONDS)]);
    await ledger.waitForAppend(await ledger.head(), until);
    await pause(GATHER_MILLISECONDS, signal);
  };
  const loops = [
    () =>
      steadyLoop('campaigns', parts, async () => {
        if (!(await campaigns.advance())) await waitForNews();
      }),
    () =>
      steadyLoop('deliveries', parts, async () => {
        if (await deliveries.round()) return;
        await dispatcher.untilIdle();
        await campaigns.completeFinished();
        await waitForNews();
      }),
    () =>
      steadyLoop('crew', parts, async () => {
        await crew.look();
        await releaseForeign({ crew, work });
        await deliveries.takeOver();
        await work.renew();
        await pause(duration / 6, signal);
      }),
    () =>
      steadyLoop('consent-clock', parts, async () => {
        await clockOfConsents.look();
        await pause(LOOK_MILLISECONDS, signal);
      }),
    () =>
      steadyLoop('recovery', parts, async () => {
        await recoverClaims({ ...parts, journal, claimant, lost });
        await pause(Math.max(LOOK_MILLISECONDS, duration / 3), signal);
      }),
    () =>
      runSubscriber({
        ...parts,
        name: 'notices',
        formats: [recipientStream as unknown as StreamFormat<AnyEvent>],
        checkpoints: unhurried(readStoreCheckpoints(parts.readStore), clock),
        holder: claimant,
        handle: async (batch) => {
          await planNotices(ledger, states)(batch);
          await planConsentRequests(ledger, batch);
        },
      }),
    () => life.ended,
  ];
  const end = async (): Promise<void> => {
    await Promise.race([
      dispatcher.untilIdle(),
      timer(GRACE_MILLISECONDS, undefined, { ref: false }),
    ]);
    await work.releaseAll();
    await crew.leave();
    await life.release();
    log.info({ event: 'sender-stopped', claimant }, 'The sender has stopped.');
  };
  return { loops, failed, end };
};
