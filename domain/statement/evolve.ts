import type { StatementEvent } from './events.ts';
import { isShownBy, type Statement } from './state.ts';

/** Total: the same text shown again by the same version changes nothing. */
export const evolve = (statement: Statement, event: StatementEvent): Statement => {
  const { accountId, wordingId, version, language, hash } = event.data;
  const use = { wordingId, version };
  if (statement.status === 'none') {
    return { status: 'kept', accountId, language, hash, text: event.personal, shownBy: [use] };
  }
  if (isShownBy(statement, wordingId, version)) return statement;
  return { ...statement, shownBy: [...statement.shownBy, use] };
};
