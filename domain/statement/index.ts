import type { AccountId, StreamDefinition } from '#domain/kernel/index';
import { statementCodec } from './codec.ts';
import type { StatementCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { StatementEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { StatementRejection } from './rejections.ts';
import { NO_STATEMENT, type Statement } from './state.ts';

/** A text stands under its own hash in the account, so that it is found by what an event says of it. */
export const statementKey = (accountId: AccountId, hash: string): string => `${accountId}.${hash}`;

export const statementStream: StreamDefinition<
  StatementCommand,
  Statement,
  StatementEvent,
  StatementRejection
> = {
  category: 'statement',
  initialState: NO_STATEMENT,
  evolve,
  decide,
  codec: statementCodec,
  // The sender's contacts are the account's own: they go when the account's key goes.
  subjectOf: (key) => key.split('.', 1)[0] ?? key,
};

export type { KeepStatement, StatementCommand } from './commands.ts';
export {
  consentStatement,
  WITHDRAWAL,
  type AskedWording,
  type ConsentStatement,
  type SenderIdentity,
} from './consent-statement.ts';
export type { ConsentStatementShown, StatementEvent } from './events.ts';
export { isSaidIn, requestFaults, type RequestFault } from './request-faults.ts';
export type { StatementRejection } from './rejections.ts';
export type { Statement } from './state.ts';
