import { clear, ok, refuse, type Result } from '#domain/kernel/index';
import type { StatementCommand } from './commands.ts';
import type { StatementEvent } from './events.ts';
import { STATEMENT_DIFFERS, type StatementRejection } from './rejections.ts';
import { isShownBy, type Statement } from './state.ts';

type Decision = Result<readonly StatementEvent[], StatementRejection>;

/** A text is kept once for each version that shows it, and never changed (C-18). */
export const decide = (command: StatementCommand, statement: Statement): Decision => {
  const { accountId, wordingId, version, language, hash, text } = command;
  if (statement.status === 'kept' && isOther(command, statement)) return refuse(STATEMENT_DIFFERS);
  if (isShownBy(statement, wordingId, version)) return ok([]);
  return ok([
    {
      type: 'ConsentStatementShown',
      data: { accountId, wordingId, version, language, hash },
      personal: clear({ text: text.reveal() }),
    },
  ]);
};

const isOther = (
  { accountId, language, hash }: StatementCommand,
  kept: Extract<Statement, { status: 'kept' }>,
): boolean => kept.accountId !== accountId || kept.language !== language || kept.hash !== hash;
