import {
  fold,
  type CivilDate,
  type Instant,
  type ListId,
  type RecipientId,
} from '#domain/kernel/index';
import { maySend, type SendingAccount } from '#domain/consent/index';
import { messageScopeOf, requestToConfirm, type Delivery } from '#domain/delivery/index';
import { recipientStream, type Recipient } from '#domain/recipient/index';
import type { Ledger } from '#libs/ledger/port';

export type GateAnswer =
  | Readonly<{ allow: true; basis: string; lastDay?: CivilDate }>
  | Readonly<{ allow: false; reason: string }>;

/** Recipients as the ledger knows them right now. */
export const freshRecipients = async (
  ledger: Ledger,
  ids: readonly RecipientId[],
): Promise<readonly Recipient[]> => {
  const histories = await ledger.readMany(recipientStream, ids);
  return histories.map((history) =>
    fold(
      recipientStream,
      history.map(({ event }) => event),
    ),
  );
};

/** Why a notice has become pointless, although one may write to the person. */
const outdated = (
  { content, listIds }: Delivery,
  recipient: Recipient,
  lastDay: CivilDate | undefined,
): string | undefined => {
  const request = requestToConfirm(content);
  if (request !== undefined && recipient.pending?.requestedAt !== request) {
    return 'request-outdated';
  }
  if (content?.kind === 'consent-request') return needlessRequest(recipient, listIds, lastDay);
  return content?.kind === 'welcome' ? needlessWelcome(recipient, listIds) : undefined;
};

/** Nobody is welcomed to what they have left in the meantime (M-15). */
const needlessWelcome = (recipient: Recipient, listIds: readonly ListId[]): string | undefined => {
  if (recipient.unsubscribed !== undefined) return 'unsubscribed-all';
  const isOnOne = listIds.some((listId) => recipient.lists.get(listId)?.status === 'subscribed');
  return isOnOne || listIds.length === 0 ? undefined : 'not-on-list';
};

/** Whoever consented or refused in the meantime is not asked, nor who is on no list, nor without an end (C-16). */
const needlessRequest = (
  recipient: Recipient,
  listIds: readonly ListId[],
  lastDay: CivilDate | undefined,
): string | undefined => {
  if (recipient.consents.some(({ kind }) => kind === 'express')) return 'express-consent';
  if (recipient.refused !== undefined) return 'consent-refused';
  if (listIds.length === 0) return 'not-on-list';
  return lastDay === undefined ? 'request-outdated' : undefined;
};

/**
 * The decision right before a message leaves: `maySend` on the recipient as just read (SND-4, C-15).
 * The first reason is the weightiest.
 */
export const gate = (
  delivery: Delivery,
  recipient: Recipient,
  account: SendingAccount,
  at: Instant,
): GateAnswer => {
  const decision = maySend(recipient, account, messageScopeOf(delivery), at);
  if (!decision.allow) return { allow: false, reason: decision.reasons[0]?.code ?? 'no-consent' };
  const { basis = 'reply', lastDay } = decision;
  const reason = outdated(delivery, recipient, lastDay);
  if (reason !== undefined) return { allow: false, reason };
  return { allow: true, basis, ...(lastDay === undefined ? {} : { lastDay }) };
};
