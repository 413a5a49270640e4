import { civilDateIn, clear, ok, refuse, type ListId } from '#domain/kernel/index';
import type {
  ClearInvalidity,
  InvalidateAddress,
  RecordComplaint,
  Unsubscribe,
} from '../commands.ts';
import type { RecipientEvent } from '../events.ts';
import { REJECTIONS } from '../rejections.ts';
import type { Recipient } from '../state.ts';
import type { Outcome } from './outcome.ts';
import { isLeftByImport, isSaidAlready } from './suppression.ts';

/** Never refused: a suppression is recorded for an unknown or erased person too (C-22, C-24). */
export const unsubscribe = (command: Unsubscribe, recipient: Recipient): Outcome => {
  const first = recordOfUnknown(command.unknown, recipient);
  const scope = command.scope === 'all' ? 'all' : newlyLeft(command.scope, recipient);
  if (
    scope === 'all' ? first.length === 0 && isOutAlready(command, recipient) : scope.length === 0
  ) {
    return ok(first);
  }
  return ok([
    ...first,
    {
      type: 'RecipientUnsubscribed',
      data: {
        scope,
        date: civilDateIn(command.timeZone, command.since),
        ...(command.statedBy === undefined ? {} : { statedBy: command.statedBy }),
        at: command.since,
      },
      // The key of an erased person is gone, and nothing about them is to be kept under a new one.
      personal: clear(
        command.reason === undefined || recipient.erased !== undefined
          ? {}
          : { reason: command.reason.reveal() },
      ),
    },
  ]);
};

const newlyLeft = (listIds: readonly ListId[], recipient: Recipient): readonly ListId[] => {
  const { lists, pending } = recipient;
  return listIds.filter(
    (listId) =>
      lists.get(listId)?.status !== 'unsubscribed' ||
      isLeftByImport(listId, recipient) ||
      (pending?.listIds.includes(listId) ?? false),
  );
};

/** Out, with nothing that waits to bring the person back. */
const isOutAlready = (
  saying: Pick<Unsubscribe, 'statedBy'>,
  { unsubscribed, pending, consents }: Recipient,
): boolean =>
  unsubscribed !== undefined &&
  isSaidAlready(saying, unsubscribed) &&
  pending === undefined &&
  consents.length === 0;

/** By import or by a hard bounce. Nothing but the operator lifts it. */
export const invalidateAddress = (command: InvalidateAddress, recipient: Recipient): Outcome => {
  const first = recordOfUnknown(command.unknown, recipient);
  const { invalid } = recipient;
  if (invalid !== undefined && isSaidAlready(command, invalid)) return ok(first);
  const { cause, since, statedBy } = command;
  const data = { cause, ...(statedBy === undefined ? {} : { statedBy }), at: since };
  return ok([...first, { type: 'AddressInvalidated', data }]);
};

/** By the operator alone (P-07): no import, call, form or console of a client reaches this. */
export const clearInvalidity = (
  { reason, now }: ClearInvalidity,
  recipient: Recipient,
): Outcome => {
  if (recipient.erased !== undefined) return refuse(REJECTIONS.erased);
  if (!recipient.known) return refuse(REJECTIONS.unknown);
  if (recipient.invalid === undefined) return ok([]);
  const personal = clear({ reason: reason.reveal() });
  return ok([{ type: 'InvalidityCleared', data: { at: now }, personal }]);
};

/** Never refused, and of an erased person nothing but the fact is kept (M-27). */
export const recordComplaint = (
  { source, since, timeZone }: RecordComplaint,
  recipient: Recipient,
): Outcome =>
  ok(
    recipient.complained !== undefined && isOutAlready({}, recipient)
      ? []
      : [
          {
            type: 'ComplaintRecorded',
            data: { source, date: civilDateIn(timeZone, since), at: since },
          },
        ],
  );

/** An imported suppression says who it is about, where the ledger does not know them at all. */
const recordOfUnknown = (
  data: Unsubscribe['unknown'],
  recipient: Recipient,
): readonly RecipientEvent[] => {
  if (data === undefined || recipient.known || recipient.erased !== undefined) return [];
  const { address, fields, language, subscribedAt, jurisdiction } = data;
  const listIds = data.listIds.filter((listId) => !isSuppressedOn(listId, recipient));
  return [
    {
      type: 'RecipientSubscribed',
      data: {
        listIds,
        optIn: 'single',
        language,
        ...(jurisdiction === undefined ? {} : { jurisdiction }),
        at: subscribedAt,
      },
      personal: clear({ address: address.reveal(), fields: fields.reveal() }),
    },
  ];
};

const isSuppressedOn = (listId: ListId, { lists, unsubscribed }: Recipient): boolean =>
  unsubscribed !== undefined || lists.get(listId)?.status === 'unsubscribed';
