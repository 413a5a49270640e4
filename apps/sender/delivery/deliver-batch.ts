import { instantOf, type CampaignId, type Instant, type Result } from '#domain/kernel/index';
import type { DeliveryCommand } from '#domain/delivery/index';
import type { Recipient } from '#domain/recipient/index';
import type { Ledger, LedgerAppend } from '#libs/ledger/port';
import type { OutgoingMessage } from '#libs/mailer/port';
import { errorDetails, type Clock, type Log } from '#libs/projecting/index';
import type { MessageMaker, Made } from '../messages/message-maker.ts';
import type { Materials, MaterialsReader } from '../messages/materials.ts';
import type { Claimed } from './dispatcher.ts';
import { freshRecipients, gate, type GateAnswer } from './gate.ts';
import type { DeliveryJournal, Entry, Known, Step, StepRefusal } from './journal.ts';
import {
  requestAppend,
  requestIn,
  type CarriedRequest,
  type Judged,
  type NewsletterRequests,
} from './newsletter-requests.ts';
import { notSent } from './outcome-command.ts';
import type { OutcomeRecorder } from './outcome-recorder.ts';

export type BatchParts = Readonly<{
  ledger: Ledger;
  journal: DeliveryJournal;
  recorder: OutcomeRecorder;
  materials: MaterialsReader;
  maker: MessageMaker;
  requests: NewsletterRequests;
  claimant: string;
  clock: Clock;
  log: Log;
}>;

export type BatchResult = Readonly<{
  claimed: readonly Claimed[];
  /** Campaigns of which a message must not leave as it is. */
  faulty: readonly CampaignId[];
  /** Others wrote to these since we last knew them: they are to be read, and have another try at once. */
  again: readonly Known[];
}>;

type Subject = Readonly<{ entry: Entry; recipient: Recipient }>;
type Prepared =
  | Readonly<{
      subject: Subject;
      command: DeliveryCommand;
      message: OutgoingMessage;
      asksForConsent: boolean;
      alongside?: LedgerAppend | undefined;
    }>
  | Readonly<{
      subject: Subject;
      command: DeliveryCommand;
      message?: undefined;
      isFaulty: boolean;
    }>;

const isDue = ({ delivery }: Entry, now: Instant): boolean =>
  delivery.status === 'planned' ||
  (delivery.status === 'deferred' && (delivery.retryAt ?? now) <= now);

const campaignOf = ({ delivery }: Entry): CampaignId | undefined =>
  delivery.content?.kind === 'newsletter' ? delivery.content.campaignId : undefined;

const skipCommand = ({ delivery }: Entry, reason: string, now: Instant): DeliveryCommand => {
  const { accountId, recipientId, content } = delivery;
  if (accountId === undefined || recipientId === undefined || content === undefined) {
    throw new Error('A delivery without content.');
  }
  return { type: 'SkipDelivery', accountId, recipientId, content, reason, now };
};

/** The deliveries that are due, each with its recipient as the ledger knows them right now. */
const dueSubjects = async (
  { ledger, journal }: BatchParts,
  known: readonly Known[],
  now: Instant,
): Promise<readonly Subject[]> => {
  const entries = (await journal.complete(known)).filter((entry) => isDue(entry, now));
  const ids = entries.flatMap(({ delivery }) => delivery.recipientId ?? []);
  const recipients = await freshRecipients(ledger, ids);
  return entries.flatMap((entry, index) => {
    const recipient = recipients[index];
    return recipient === undefined ? [] : [{ entry, recipient }];
  });
};

const decide = (
  { entry, recipient }: Subject,
  materials: Pick<Materials, 'parties'>,
  now: Instant,
): GateAnswer => {
  const { accountId } = entry.delivery;
  const party = accountId && materials.parties.get(accountId);
  return party === undefined
    ? { allow: false, reason: 'check-failed' }
    : gate(entry.delivery, recipient, party.terms, now);
};

/** What the messages of a batch are made with. */
type Using = Readonly<{
  materials: Materials;
  request?: CarriedRequest | undefined;
  now: Instant;
}>;

/** Making a message runs a client's template: whatever it does, it must stop no other message. */
const make = (parts: BatchParts, subject: Subject, using: Using): Made => {
  try {
    return parts.maker.make(subject.entry.delivery, subject.recipient, using);
  } catch (error) {
    parts.log.error(
      { event: 'message-failed', ...errorDetails(error) },
      'A message could not be made.',
    );
    return { ok: false, faults: ['not-made'] };
  }
};

const prepare = (parts: BatchParts, subject: Judged, using: Using): Prepared => {
  const { answer } = subject;
  const { request, now } = using;
  if (!answer.allow) {
    return { subject, command: skipCommand(subject.entry, answer.reason, now), isFaulty: false };
  }
  const made = make(parts, subject, using);
  if (!made.ok) {
    const details = {
      event: 'check-failed',
      campaignId: campaignOf(subject.entry),
      faults: made.faults,
    };
    parts.log.warn(details, 'A message failed the outgoing check and does not leave.');
    return { subject, command: skipCommand(subject.entry, 'check-failed', now), isFaulty: true };
  }
  const { message, language, contentHash, asksForConsent } = made;
  const { basis, lastDay } = answer;
  const claim: DeliveryCommand = {
    type: 'AttemptDelivery',
    messageId: message.messageId,
    language,
    basis,
    ...(lastDay === undefined ? {} : { lastDay }),
    contentHash,
    claimant: parts.claimant,
    now,
  };
  const alongside =
    request !== undefined && asksForConsent
      ? requestAppend(subject, request, { messageId: message.messageId, language, now })
      : undefined;
  return { subject, command: claim, message, asksForConsent, alongside };
};

/** One faulty message stops the rest of its campaign, which then waits for a person instead of being skipped. */
const prepareAll = (
  parts: BatchParts,
  subjects: readonly Judged[],
  requests: ReadonlyMap<Judged, CarriedRequest>,
  using: Using,
): readonly Prepared[] => {
  const stopped = new Set<CampaignId>();
  const prepared: Prepared[] = [];
  for (const subject of subjects) {
    const campaignId = campaignOf(subject.entry);
    if (campaignId !== undefined && stopped.has(campaignId)) continue;
    const one = prepare(parts, subject, { ...using, request: requests.get(subject) });
    prepared.push(one);
    if (one.message === undefined && one.isFaulty && campaignId !== undefined)
      stopped.add(campaignId);
  }
  return prepared;
};

const claimedOf = (
  parts: BatchParts,
  prepared: readonly Prepared[],
  results: readonly Result<Entry, StepRefusal>[],
  now: Instant,
): readonly Claimed[] =>
  prepared.flatMap((each, index) => {
    const result = results[index];
    // Refused or in conflict: somebody else claimed it, or it changed.
    if (each.message === undefined || result?.ok !== true) return [];
    const { message, subject, asksForConsent } = each;
    const mayStillSend = recheck(parts, subject, asksForConsent);
    return [{ entry: result.value, message, decidedAt: Date.parse(now), mayStillSend }];
  });

const recheck =
  ({ ledger, materials }: BatchParts, { entry }: Subject, asksForConsent: boolean) =>
  async (now: Instant): Promise<boolean> => {
    const { accountId, recipientId } = entry.delivery;
    if (accountId === undefined || recipientId === undefined) return false;
    const [recipient] = await freshRecipients(ledger, [recipientId]);
    const parties = await materials.parties([accountId]);
    const terms = parties.get(accountId)?.terms;
    if (recipient === undefined || terms === undefined) return false;
    if (!decide({ entry, recipient }, { parties }, now).allow) return false;
    // Who has answered in the meantime is not asked any more.
    return !asksForConsent || requestIn(entry.delivery, recipient, terms, now) !== undefined;
  };

/**
 * Claims whose request could not go on record, as the recipient had changed in between: they do not leave, and
 * have another turn at once.
 */
const putBack = async (
  { journal }: BatchParts,
  prepared: readonly Prepared[],
  results: readonly Result<Entry, StepRefusal>[],
  now: Instant,
): Promise<void> => {
  const keys = prepared.flatMap(({ subject }, index) => {
    const result = results[index];
    return result?.ok === false && result.error === 'half-done' ? [subject.entry.key] : [];
  });
  if (keys.length === 0) return;
  const entries = await journal.load(keys);
  await journal.record(
    entries.map((entry) => ({ entry, command: notSent(now) })),
    now,
  );
};

/** Deliveries that somebody wrote to after we last knew them. */
const outdated = (
  known: readonly Known[],
  prepared: readonly Prepared[],
  results: readonly Result<Entry, StepRefusal>[],
): readonly Known[] => {
  const lost = prepared.flatMap(({ subject }, index) => {
    const result = results[index];
    return result?.ok === false && result.error === 'version-conflict' ? [subject.entry] : [];
  });
  const remembered = new Set(known.map(({ entry }) => entry));
  return lost.filter((entry) => remembered.has(entry)).map(({ key }) => ({ key }));
};

const stepOf = (prepared: Prepared): Step => {
  const { subject, command } = prepared;
  const alongside = prepared.message === undefined ? undefined : prepared.alongside;
  return { entry: subject.entry, command, ...(alongside === undefined ? {} : { alongside }) };
};

/**
 * Takes deliveries from the queue to the door: a fresh decision, a finished and checked message, and the
 * claim. Only what comes back as claimed may be handed to SMTP.
 */
export const deliverBatch = async (
  parts: BatchParts,
  known: readonly Known[],
): Promise<BatchResult> => {
  const now = instantOf(parts.clock());
  const subjects = await dueSubjects(parts, known, now);
  if (subjects.length === 0) return { claimed: [], faulty: [], again: [] };
  const materials = await parts.materials.gather(subjects);
  const judged = subjects.map((each) => ({ ...each, answer: decide(each, materials, now) }));
  const requests = await parts.requests.among(judged, materials, now);
  const prepared = prepareAll(parts, judged, requests, { materials, now });
  const steps = prepared.map(stepOf);
  // Outcomes of the batch before share the transaction of these claims.
  parts.recorder.flush();
  const results = await parts.journal.record(steps, now);
  await putBack(parts, prepared, results, now);
  const faulty = prepared.flatMap((each) =>
    each.message === undefined && each.isFaulty ? (campaignOf(each.subject.entry) ?? []) : [],
  );
  return {
    claimed: claimedOf(parts, prepared, results, now),
    faulty: [...new Set(faulty)],
    again: outdated(known, prepared, results),
  };
};
