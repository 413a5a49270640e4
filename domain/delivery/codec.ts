import {
  AccountId,
  CampaignId,
  eventCodec,
  FormId,
  ListId,
  NewsletterId,
  RecipientId,
  WordingId,
} from '#domain/kernel/index';
import {
  array,
  boolean,
  count,
  mustFit,
  object,
  oneOf,
  optional,
  string,
  variant,
} from '#domain/kernel/shape';
import { civilDate, id, instant, language } from '#domain/kernel/shapes-of-values';
import type { DeliveryContent, DeliveryEvent } from './events.ts';

const notice = { formId: id(FormId), requestedAt: instant() };
const asking = { wordingId: id(WordingId), requestedAt: instant() };
const content = variant<DeliveryContent>('kind', {
  newsletter: object({
    kind: oneOf('newsletter'),
    newsletterId: id(NewsletterId),
    campaignId: id(CampaignId),
  }),
  confirmation: object({ kind: oneOf('confirmation'), ...notice }),
  welcome: object({ kind: oneOf('welcome'), ...notice }),
  'return-confirmation': object({ kind: oneOf('return-confirmation'), ...asking }),
  'consent-request': object({ kind: oneOf('consent-request'), ...asking }),
});
const whose = { accountId: id(AccountId), recipientId: id(RecipientId) };
const at = instant();
const reply = string();

const attemptedV1 = {
  attempt: count(),
  messageId: string(),
  language: language(),
  basis: string(),
  lastDay: optional(civilDate()),
  claimant: string(),
  at,
};

export const deliveryCodec = eventCodec<DeliveryEvent>(
  {
    DeliveryPlanned: {
      version: 1,
      data: object({ ...whose, content, listIds: array(id(ListId)), at }),
    },
    DeliverySkipped: {
      version: 1,
      data: object({ ...whose, content, reason: string(), besideAnother: optional(boolean()), at }),
    },
    DeliveryAttempted: {
      version: 2,
      data: object({ ...attemptedV1, contentHash: optional(string()) }),
    },
    DeliveryAccepted: { version: 1, data: object({ reply, at }) },
    DeliveryDeferred: { version: 1, data: object({ reply, retryAt: instant(), at }) },
    DeliveryRefused: { version: 1, data: object({ reply, at }) },
    DeliveryUncertain: { version: 1, data: object({ cause: string(), at }) },
  },
  {
    'DeliveryAttempted.v1': (data) => ({
      type: 'DeliveryAttempted',
      data: mustFit(object(attemptedV1), data, 'DeliveryAttempted.v1 data'),
    }),
  },
);
