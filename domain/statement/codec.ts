import { AccountId, eventCodec, WordingId } from '#domain/kernel/index';
import { count, object, string } from '#domain/kernel/shape';
import { id, language, sha256 } from '#domain/kernel/shapes-of-values';
import type { StatementEvent } from './events.ts';

export const statementCodec = eventCodec<StatementEvent>({
  ConsentStatementShown: {
    version: 1,
    data: object({
      accountId: id(AccountId),
      wordingId: id(WordingId),
      version: count(),
      language: language(),
      hash: sha256(),
    }),
    personal: object({ text: string() }),
  },
});
