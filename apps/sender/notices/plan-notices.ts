import {
  splitStreamName,
  type AnyEvent,
  type FormId,
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

type Notice = Readonly<{
  kind: 'confirmation' | 'welcome';
  formId: FormId;
  recorded: Recorded<RecipientEvent>;
  listIds: PlanDelivery['listIds'];
}>;

/** What a submission of a form, or its confirmation, is answered with. Only the person's own acts are (C-27). */
const noticeOf = (recorded: Recorded<RecipientEvent>): Notice | undefined => {
  const { event, metadata } = recorded;
  const formId = metadata.evidence?.formId;
  if (formId === undefined || metadata.actor.kind !== 'recipient') return undefined;
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

const planRequest = ({ kind, formId, recorded, listIds }: Notice) => {
  const { event, stream, revision, metadata, id } = recorded;
  const recipientId = splitStreamName(stream).key as RecipientId;
  const { accountId, recordedAt: now } = metadata;
  const content: DeliveryContent = { kind, formId, requestedAt: event.data.at };
  return {
    definition: deliveryStream,
    key: `${formId}.${recipientId}.${String(revision)}`,
    command: { type: 'PlanDelivery', accountId, recipientId, content, listIds, now } as const,
    context: systemContext({
      accountId,
      correlationId: metadata.correlationId,
      commandId: uuidV5(NOTICES, id),
      evidence: { formId },
      now,
    }),
  };
};

/** Plans the confirmation and welcome mails that a batch of events asks for. Harmless when repeated. */
export const planNotices =
  (ledger: Ledger, states: StateCache) =>
  async (batch: readonly Recorded<AnyEvent>[]): Promise<void> => {
    const wanted: Notice[] = [];
    for (const recorded of batch) {
      const notice = noticeOf(recorded as Recorded<RecipientEvent>);
      if (notice === undefined) continue;
      const { state: form } = await states.get(formStream, notice.formId);
      // A form of another account proves nothing about this one.
      if (form.status === 'none' || form.accountId !== recorded.metadata.accountId) continue;
      if (notice.kind === 'confirmation' || form.terms.welcome.enabled) wanted.push(notice);
    }
    await handleMany(ledger, wanted.map(planRequest));
  };
