import { AccountId, eventCodec, RecipientId } from '#domain/kernel/index';
import {
  array,
  boolean,
  count,
  nullable,
  object,
  oneOf,
  optional,
  record,
  string,
  text,
} from '#domain/kernel/shape';
import { id, instant, jsonObject } from '#domain/kernel/shapes-of-values';
import { IMPORT_FORMATS, type ImportEvent } from './events.ts';

const at = instant();
const recipientIds = array(id(RecipientId));

export const importCodec = eventCodec<ImportEvent>({
  ImportQueued: {
    version: 1,
    data: object({
      accountId: id(AccountId),
      format: oneOf(...IMPORT_FORMATS),
      bytes: count(),
      dryRun: boolean(),
      at,
    }),
    personal: object({ mapping: jsonObject() }),
  },
  ImportStarted: { version: 1, data: object({ unmapped: array(string()), at }) },
  ImportRowsProcessed: {
    version: 1,
    data: object({
      from: count(),
      to: count(),
      outcomes: text('letters of c, u, n and r', (letters) => /^[cunr]*$/.test(letters)),
      recipientIds: array(nullable(id(RecipientId))),
      codes: record(string()),
      at,
    }),
  },
  ImportCompleted: { version: 1, data: object({ rows: count(), at }) },
  ImportUndoRequested: { version: 1, data: object({ at }) },
  ImportRowsUndone: {
    version: 1,
    data: object({
      from: count(),
      to: count(),
      compensated: recipientIds,
      left: array(
        object({
          recipientId: id(RecipientId),
          what: string(),
          why: oneOf('changed-since', 'erased'),
          event: optional(string()),
        }),
      ),
      sentSince: recipientIds,
      at,
    }),
  },
  ImportUndone: { version: 1, data: object({ at }) },
  ImportFailed: {
    version: 1,
    data: object({ code: string(), message: string(), row: optional(count()), at }),
  },
});
