import { splitStreamName, RecipientId, type Position } from '#domain/kernel/index';
import type { Ledger } from '#libs/ledger/port';
import { SeenRecipients } from '../seen-recipients.ts';
import { pagesAfter } from './pages-after.ts';

/** To whom a message was handed over after a place in the ledger: what is sent, no undo takes back. */
export const sentSince = async (
  ledger: Ledger,
  from: Position | undefined,
): Promise<SeenRecipients> => {
  const seen = new SeenRecipients();
  for await (const page of pagesAfter(ledger, 'delivery', from)) {
    for (const { event, stream } of page) {
      // A delivery is named `<what>.<to whom>`, and a notice has one part more.
      const recipientId = splitStreamName(stream).key.split('.')[1] ?? '';
      if (event.type === 'DeliveryAttempted' && RecipientId.is(recipientId)) seen.add(recipientId);
    }
  }
  return seen;
};
