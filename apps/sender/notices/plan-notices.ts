import {
  splitStreamName,
  WordingId,
  type AnyEvent,
  type Evidence,
  type FormId,
  type Instant,
  type RecipientId,
  type Recorded,
} from '#domain/kernel/index';
import { deliveryStream, type DeliveryContent, type PlanDelivery } from '#domain/delivery/index';
import { formStream } from '#domain/form/index';
import type { RecipientEvent } from '#domain/recipient/index';
import { handleMany, type StateCache } from '#libs/commands/index';
import { uuidV5, type Ledger } from '#libs/ledger/index';
import { systemContext } from '../system-context.ts';

/** Namespace of the ids of these commands: seeing an event twice plans one notice. */
const NOTICES = '5d0f4d35-7d0e-5c86-8f7e-0c7a8a3f1f42';

type Asked = Readonly<{
  recorded: Recorded<RecipientEvent>;
  listIds: PlanDelivery['listIds'];
}>;
/** What answers a form. */
type FormNotice = Asked & Readonly<{ kind: 'confirmation' | 'welcome'; formId: FormId }>;
/** What answers somebody who comes back by their preference page, with the wording that they agreed to there. */
type ReturnNotice = Asked & Readonly<{ kind: 'return-confirmation'; wordingId: WordingId }>;
type Notice = FormNotice | ReturnNotice;

/** What a person's page, or their confirmation, is answered with. Only the person's own acts are (C-27). */
const noticeOf = (recorded: Recorded<RecipientEvent>): Notice | undefined =>
  recorded.metadata.actor.kind === 'recipient'
    ? (returnNoticeOf(recorded) ?? formNoticeOf(recorded))
    : undefined;

/** The link in the mail that led to the page may be a form's: it is the page that asks. */
const returnNoticeOf = (recorded: Recorded<RecipientEvent>): ReturnNotice | undefined => {
  const { event, metadata } = recorded;
  const wordingId = metadata.wording?.wordingId;
  if (event.type !== 'RecipientSubscribed' && event.type !== 'ListsJoined') return undefined;
  if (metadata.channel !== 'preferences' || event.data.optIn !== 'double') return undefined;
  if (wordingId === undefined || !WordingId.is(wordingId)) return undefined;
  return { kind: 'return-confirmation', wordingId, recorded, listIds: event.data.listIds };
};

const formNoticeOf = (recorded: Recorded<RecipientEvent>): FormNotice | undefined => {
  const { event, metadata } = recorded;
  const formId = metadata.evidence?.formId;
  if (formId === undefined) return undefined;
  switch (event.type) {
    case 'RecipientSubscribed':
    case 'ListsJoined': {
      const kind = event.data.optIn === 'double' ? 'confirmation' : 'welcome';
      return { kind, formId, recorded, listIds: event.data.listIds };
    }
    case 'SubscriptionConfirmed':
      return { kind: 'welcome', formId, recorded, listIds: event.data.listIds };
    default:
      return undefined;
  }
};

const planRequest = (notice: Notice) => {
  const { event, stream, revision, metadata, id } = notice.recorded;
  const recipientId = splitStreamName(stream).key as RecipientId;
  const { accountId, recordedAt: now } = metadata;
  const { about, content, evidence } = carriedBy(notice, event.data.at);
  const { listIds } = notice;
  return {
    definition: deliveryStream,
    key: `${about}.${recipientId}.${String(revision)}`,
    command: { type: 'PlanDelivery', accountId, recipientId, content, listIds, now } as const,
    context: systemContext({
      accountId,
      correlationId: metadata.correlationId,
      commandId: uuidV5(NOTICES, id),
      evidence,
      now,
    }),
  };
};

type Carried = Readonly<{
  about: FormId | WordingId;
  content: DeliveryContent;
  evidence: Evidence;
}>;

const carriedBy = (notice: Notice, requestedAt: Instant): Carried => {
  if (notice.kind === 'return-confirmation') {
    const { kind, wordingId } = notice;
    return { about: wordingId, content: { kind, wordingId, requestedAt }, evidence: {} };
  }
  const { kind, formId } = notice;
  return { about: formId, content: { kind, formId, requestedAt }, evidence: { formId } };
};

const isWanted = async (notice: Notice, states: StateCache): Promise<boolean> => {
  if (notice.kind === 'return-confirmation') return true;
  const { state: form } = await states.get(formStream, notice.formId);
  // A form of another account proves nothing about this one.
  if (form.status === 'none' || form.accountId !== notice.recorded.metadata.accountId) return false;
  return notice.kind === 'confirmation' || form.terms.welcome.enabled;
};

/** Plans the confirmation and welcome mails that a batch of events asks for. Harmless when repeated. */
export const planNotices =
  (ledger: Ledger, states: StateCache) =>
  async (batch: readonly Recorded<AnyEvent>[]): Promise<void> => {
    const wanted: Notice[] = [];
    for (const recorded of batch) {
      const notice = noticeOf(recorded as Recorded<RecipientEvent>);
      if (notice === undefined) continue;
      if (await isWanted(notice, states)) wanted.push(notice);
    }
    await handleMany(ledger, wanted.map(planRequest));
  };
